package handlers

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"picture-frame/handlers/request"
)

// wallColour is the colour behind the picture, the same as --wall in base.css.
const wallColour = "#1b1815"

type manifest struct {
	ID         string         `json:"id"`
	Name       string         `json:"name"`
	ShortName  string         `json:"short_name"`
	About      string         `json:"description"`
	StartURL   string         `json:"start_url"`
	Scope      string         `json:"scope"`
	Display    string         `json:"display"`
	Override   []string       `json:"display_override"`
	Background string         `json:"background_color"`
	Theme      string         `json:"theme_color"`
	Icons      []manifestIcon `json:"icons"`
}

type manifestIcon struct {
	Src     string `json:"src"`
	Sizes   string `json:"sizes"`
	Type    string `json:"type"`
	Purpose string `json:"purpose,omitempty"`
}

// Manifest is GET /manifest.webmanifest: it makes a frame installable, each
// frame as an app of its own. asset returns the address of an embedded file.
func Manifest(asset func(name string) string) echo.HandlerFunc {
	icons := []manifestIcon{
		{Src: asset("icons/icon.svg"), Sizes: "any", Type: "image/svg+xml"},
		{Src: asset("icons/icon-192.png"), Sizes: "192x192", Type: "image/png"},
		{Src: asset("icons/icon-512.png"), Sizes: "512x512", Type: "image/png"},
		{Src: asset("icons/icon-maskable-512.png"), Sizes: "512x512", Type: "image/png", Purpose: "maskable"},
	}
	return func(c echo.Context) error {
		frame, err := request.Frame(c)
		if err != nil {
			return err
		}
		m := manifest{
			ID: request.FramePath(frame), Name: "Picture Frame", ShortName: "Frame",
			About:    "Type a word, and every open screen shows a picture of it.",
			StartURL: request.FramePath(frame), Scope: "/",
			Display: "fullscreen", Override: []string{"fullscreen", "standalone"},
			Background: wallColour, Theme: wallColour, Icons: icons,
		}
		if frame != request.MainFrame {
			m.Name, m.ShortName = "Picture Frame: "+frame, frame
		}
		h := c.Response().Header()
		h.Set(echo.HeaderContentType, "application/manifest+json")
		h.Set(echo.HeaderCacheControl, "no-cache")
		return c.JSON(http.StatusOK, m)
	}
}
