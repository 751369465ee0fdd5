package format

import (
	"github.com/niengiam/niengiam/stats/number"
)

// Read gives the sheets of a file. Faults that concern the whole file are returned, those
// that are met further on come with the rows.
func Read(f File, o Options) ([]Sheet, error) {
	if f.length() == 0 {
		return nil, &number.Error{Code: Empty, Message: number.Say("the file is empty"), Where: f.Name}
	}
	o.Limits = o.Limits.orDefault()
	if f.length() > o.Limits.Bytes {
		return nil, o.Limits.over(f.Name, number.Say("bytes"), o.Limits.Bytes)
	}
	f, err := unpack(f, o)
	if err != nil {
		return nil, err
	}
	kind := o.Format
	if kind == "" {
		if kind, err = detect(f); err != nil {
			return nil, err
		}
	}
	if f, err = f.fitFor(kind); err != nil {
		return nil, err
	}
	if read := readerOf(kind); read != nil {
		sheets, err := read(f, o)
		for i := range sheets {
			sheets[i].Kind = kind
		}
		return sheets, err
	}
	fault := &number.Error{Code: UnknownFormat, Message: number.Say("files of the format %q are not read", kind), Where: f.Name}
	if kind == xlsb || kind == spreadsheetML {
		fault.Hint = number.Say("open it in a spreadsheet program and save it as .xlsx")
	}
	return nil, fault
}

// fitFor gives a file as the reader of a format needs it: from the first byte to the last, at any
// place, or all in memory, where the beginning says nothing without the end.
func (f File) fitFor(kind Kind) (File, error) {
	switch kind {
	case CSV, TSV, SDMXCSV, EurostatTSV, JSONLines:
		return f, nil
	case Parquet, XLSX, ODS:
		return f.random()
	}
	return f.whole()
}

// damagedSheet stands in for a sheet that cannot be read: whoever reads it is told why, and the
// sheets beside it can be read.
func damagedSheet(name string, err error) Sheet {
	return Sheet{Name: name, Rows: func(yield func(Row, error) bool) { yield(Row{}, err) }}
}

// reader finds the reader of a format; nil where there is none.
func readerOf(k Kind) func(File, Options) ([]Sheet, error) {
	switch k {
	case CSV:
		return readCSV
	case TSV:
		return readTSV
	case JSON:
		return readJSON
	case JSONLines:
		return readJSONLines
	case SDMXCSV:
		return readSDMXCSV
	case EurostatTSV:
		return readEurostat
	case SDMXJSON:
		return readSDMXJSON
	case JSONStat:
		return readJSONStat
	case PX:
		return readPX
	case XLSX:
		return readXLSX
	case XLS:
		return readXLS
	case ODS:
		return readODS
	case HTML:
		return readHTML
	case Parquet:
		return readParquet
	}
	return nil
}
