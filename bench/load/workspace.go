package main

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
)

// The years of the synthetic facts.
const (
	firstYear = 2005
	years     = 20
)

// manifest is the synthetic workspace, with a source for each form of the file.
const manifest = `workspace: synthetic
title: {vi: Số liệu giả, en: Synthetic figures}
time_zone: Asia/Ho_Chi_Minh
catalogue:
  levels: levels.yaml
  topics: topics.yaml
  indicators: [indicators.yaml]
  units: [units.csv]
sources:
`

// source is the declaration of a source.
const source = `  - code: %[1]s
    title: {vi: Số liệu giả, en: Synthetic figures}
    publisher: {vi: Số liệu giả, en: Synthetic figures}
    files: [%[2]s]
    unit: {column: code, level: commune}
    year: {%[3]s}
    published: {constant: 2025-01-01}
    measures:
      - {indicator: {column: indicator}, value: {%[4]s}}
`

const levels = `levels:
  - {code: province, name: {vi: tỉnh, en: province, en_plural: provinces}, kinds: [{code: tinh, name: {vi: Tỉnh, en: Province}}]}
  - {code: commune, name: {vi: xã, en: commune, en_plural: communes}, kinds: [{code: xa, name: {vi: Xã, en: Commune}}]}
`

const indicator = `  - {code: synthetic-%03d, topic: synthetic, kind: amount, name: {vi: Chỉ tiêu giả %[1]d, en: Synthetic indicator %[1]d}, description: {vi: Số liệu giả, en: Synthetic figures}, unit: {vi: đơn vị, en: unit, en_plural: units}, decimals: 1, direction: higher, eligible: {level: commune}}
`

// shape is how many indicators and communes there are: each commune has a figure of each
// indicator in each year.
type shape struct{ indicators, communes int }

// shapeOf spreads facts over 2,000 communes, or fewer, and as many indicators as are needed.
func shapeOf(facts int) shape {
	s := shape{communes: min(2000, max(50, facts/years/25))}
	s.indicators = max(1, facts/years/s.communes)
	return s
}

func (s shape) facts() int { return s.indicators * s.communes * years }

func code(commune int) string { return fmt.Sprintf("S%06d", commune) }

// value is the synthetic figure of a cell; of another edition one in a hundred is another.
func value(indicator, commune, year, edition int) string {
	own := (indicator*7919+commune*104729)%90000 + 10000 + year*((indicator+commune)%700)
	if edition > 0 && (indicator+commune+year)%100 == 0 {
		own += edition
	}
	return strconv.Itoa(own/10) + "." + strconv.Itoa(own%10)
}

// makeWorkspace writes the workspace with a source of the form, whose file is called in and
// has a synthetic fact for each cell.
func makeWorkspace(dir, form string, s shape, edition int) error {
	var indicators, units strings.Builder
	indicators.WriteString("indicators:\n")
	for i := range s.indicators {
		fmt.Fprintf(&indicators, indicator, i+1)
	}
	units.WriteString("code,level,kind,parent,name,name_en,valid_from,valid_to,opening,note\nS,province,tinh,,Giả,Synthetic,,,baseline,\n")
	for i := range s.communes {
		fmt.Fprintf(&units, "%s,commune,xa,S,Xã giả %d,Synthetic %[2]d,,,baseline,\n", code(i), i)
	}
	year, measure := "column: year", "column: value"
	if form == wide {
		year, measure = "headers: true", "headers: year"
	}
	for name, text := range map[string]string{
		"niengiam.yaml": manifest + fmt.Sprintf(source, form, filesOf(form), year, measure), "levels.yaml": levels,
		"topics.yaml": "topics:\n  - {code: synthetic, name: {vi: Giả, en: Synthetic}}\n", "indicators.yaml": indicators.String(), "units.csv": units.String(),
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			return err
		}
	}
	switch form {
	case xlsx:
		return makeXLSX(filepath.Join(dir, filesOf(form)), s, edition)
	case wide:
		return makeText(filepath.Join(dir, filesOf(form)), func(w *bufio.Writer) { writeWide(w, s, edition) })
	}
	return makeLong(dir, s, edition)
}

// rowsOfFile is about how many rows a file of the long form has at most: no file may have more
// than 512 MiB.
const rowsOfFile = 10_000_000

// makeLong writes the files of the long form, each with the rows of some communes.
func makeLong(dir string, s shape, edition int) error {
	each := max(1, rowsOfFile/(s.indicators*years))
	for nth, from := 1, 0; from < s.communes; nth, from = nth+1, from+each {
		name := strings.ReplaceAll(filesOf(long), "*", fmt.Sprintf("%02d", nth))
		err := makeText(filepath.Join(dir, name), func(w *bufio.Writer) { writeLong(w, s, from, min(from+each, s.communes), edition) })
		if err != nil {
			return err
		}
	}
	return nil
}

func makeText(path string, write func(*bufio.Writer)) error {
	file, err := os.Create(path)
	if err != nil {
		return err
	}
	w := bufio.NewWriterSize(file, 1<<20)
	write(w)
	return errors.Join(w.Flush(), file.Close())
}

// writeLong writes the rows of the communes from one up to another.
func writeLong(w *bufio.Writer, s shape, from, to, edition int) {
	fmt.Fprintln(w, "code,year,indicator,value")
	for commune := from; commune < to; commune++ {
		for i := range s.indicators {
			for year := range years {
				fmt.Fprintf(w, "%s,%d,synthetic-%03d,%s\n", code(commune), firstYear+year, i+1, value(i, commune, year, edition))
			}
		}
	}
}

func writeWide(w *bufio.Writer, s shape, edition int) {
	fmt.Fprint(w, "indicator,code")
	for year := range years {
		fmt.Fprintf(w, ",%d", firstYear+year)
	}
	for commune := range s.communes {
		for i := range s.indicators {
			fmt.Fprintf(w, "\nsynthetic-%03d,%s", i+1, code(commune))
			for year := range years {
				fmt.Fprint(w, ",", value(i, commune, year, edition))
			}
		}
	}
	fmt.Fprintln(w)
}

func makeXLSX(path string, s shape, edition int) error {
	book := excelize.NewFile()
	rows, err := book.NewStreamWriter("Sheet1")
	if err != nil {
		return err
	}
	err = rows.SetRow("A1", []any{"code", "year", "indicator", "value"})
	line := 1
	for commune := range s.communes {
		for i := range s.indicators {
			for year := range years {
				line++
				number, _ := strconv.ParseFloat(value(i, commune, year, edition), 64)
				err = errors.Join(err, rows.SetRow("A"+strconv.Itoa(line), []any{code(commune), firstYear + year, fmt.Sprintf("synthetic-%03d", i+1), number}))
			}
		}
	}
	return errors.Join(err, rows.Flush(), book.SaveAs(path), book.Close())
}
