package flickr

import "strings"

type license struct{ name, url string }

// licenses are Flickr's, by the id it sends, as flickr.photos.licenses.getInfo
// listed them in June 2025. An id that is not here is shown without a licence.
var licenses = map[string]license{
	"0":  {"All Rights Reserved", "https://www.flickrhelp.com/hc/en-us/articles/10710266545556-Using-Flickr-images-shared-by-other-members"},
	"1":  {"CC BY-NC-SA 2.0", "https://creativecommons.org/licenses/by-nc-sa/2.0/"},
	"2":  {"CC BY-NC 2.0", "https://creativecommons.org/licenses/by-nc/2.0/"},
	"3":  {"CC BY-NC-ND 2.0", "https://creativecommons.org/licenses/by-nc-nd/2.0/"},
	"4":  {"CC BY 2.0", "https://creativecommons.org/licenses/by/2.0/"},
	"5":  {"CC BY-SA 2.0", "https://creativecommons.org/licenses/by-sa/2.0/"},
	"6":  {"CC BY-ND 2.0", "https://creativecommons.org/licenses/by-nd/2.0/"},
	"7":  {"No known copyright restrictions", "https://www.flickr.com/commons/usage/"},
	"8":  {"United States Government Work", "https://www.usa.gov/government-copyright"},
	"9":  {"Public Domain Dedication (CC0)", "https://creativecommons.org/publicdomain/zero/1.0/"},
	"10": {"Public Domain Mark", "https://creativecommons.org/publicdomain/mark/1.0/"},
	"11": {"CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/"},
	"12": {"CC BY-SA 4.0", "https://creativecommons.org/licenses/by-sa/4.0/"},
	"13": {"CC BY-ND 4.0", "https://creativecommons.org/licenses/by-nd/4.0/"},
	"14": {"CC BY-NC 4.0", "https://creativecommons.org/licenses/by-nc/4.0/"},
	"15": {"CC BY-NC-SA 4.0", "https://creativecommons.org/licenses/by-nc-sa/4.0/"},
	"16": {"CC BY-NC-ND 4.0", "https://creativecommons.org/licenses/by-nc-nd/4.0/"},
}

// licenseOf finds a licence by its code, such as by-nc-sa, and version. One that
// Flickr does not have is none: better no licence than a wrong one.
func licenseOf(code, version string) license {
	code, version = strings.ToUpper(strings.TrimSpace(code)), strings.TrimSpace(version)
	switch code + " " + version {
	case "CC0 1.0":
		return licenses["9"]
	case "PDM 1.0":
		return licenses["10"]
	}
	for _, l := range licenses {
		if l.name == "CC "+code+" "+version {
			return l
		}
	}
	return license{}
}
