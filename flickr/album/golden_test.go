package album

var golden = map[string]string{}
