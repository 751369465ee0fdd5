package main

import (
	"strings"
	"unicode"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
	utf "golang.org/x/text/encoding/unicode"
	"golang.org/x/text/unicode/norm"
)

// encoderOf is the encoding of a name; nil for UTF-8.
func encoderOf(name string) encoding.Encoding {
	switch name {
	case "utf-8", "":
		return nil
	case "utf-16", "utf-16le":
		return utf.UTF16(utf.LittleEndian, utf.UseBOM)
	case "utf-16be":
		return utf.UTF16(utf.BigEndian, utf.UseBOM)
	case "iso-8859-1": // of which browsers make another
		return charmap.ISO8859_1
	case "iso-8859-9":
		return charmap.ISO8859_9
	}
	to, err := htmlindex.Get(name)
	if err != nil {
		return nil
	}
	return to
}

// encodable writes a text with the letters of an encoding: a tone mark behind its letter as
// windows-1258 has it, without it where the encoding lacks both.
func encodable(text string, to encoding.Encoding) string {
	has := func(text string) bool {
		_, err := to.NewEncoder().String(text)
		return err == nil
	}
	var b strings.Builder
	for _, r := range text {
		whole := string(r)
		if apart := toneApart(whole); !has(whole) && has(apart) {
			whole = apart
		} else if !has(whole) {
			whole = unaccented(whole)
		}
		b.WriteString(whole)
	}
	return b.String()
}

// toneApart writes a letter with its tone mark behind it.
func toneApart(letter string) string {
	base, tone := "", ""
	for _, r := range norm.NFD.String(letter) {
		if strings.ContainsRune("\u0300\u0301\u0303\u0309\u0323", r) {
			tone += string(r)
		} else {
			base += string(r)
		}
	}
	return norm.NFC.String(base) + tone
}

// unaccented writes a letter or sign with those of ASCII.
func unaccented(letter string) string {
	switch letter {
	case "đ":
		return "d"
	case "Đ":
		return "D"
	case "“", "”":
		return `"`
	case "–", "−":
		return "-"
	}
	base := strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return r
	}, norm.NFD.String(letter))
	if len(base) == 1 {
		return base
	}
	return "?"
}
