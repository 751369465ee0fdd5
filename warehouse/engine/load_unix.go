//go:build darwin || linux

package engine

import (
	"runtime"
	"unsafe"

	"github.com/ebitengine/purego"
)

// loadLibrary loads libchdb.so into this process and gives the function that
// runs a whole clickhouse local: it takes argv, blocks until the end and gives
// the error message, "" for none.
func loadLibrary(path string) (func(argv []string) string, error) {
	library, err := purego.Dlopen(path, purego.RTLD_NOW|purego.RTLD_GLOBAL)
	if err != nil {
		return nil, err
	}
	// RegisterLibFunc panics when a symbol is missing, so look it up first.
	query, err := purego.Dlsym(library, "chdb_query_cmdline")
	if err != nil {
		return nil, err
	}
	resultError, err := purego.Dlsym(library, "chdb_result_error")
	if err != nil {
		return nil, err
	}
	var queryCmdline func(argc int32, argv unsafe.Pointer) unsafe.Pointer
	var errorOf func(result unsafe.Pointer) string
	purego.RegisterFunc(&queryCmdline, query)
	purego.RegisterFunc(&errorOf, resultError)
	return func(argv []string) string {
		var pins runtime.Pinner
		defer pins.Unpin()
		result := queryCmdline(int32(len(argv)), cStrings(argv, &pins))
		if result == nil {
			return "chdb_query_cmdline gave no result"
		}
		return errorOf(result)
	}, nil
}

// cStrings lays texts out as a C char **, closed by a null pointer, and pins
// everything so that the collector leaves it where it is.
func cStrings(texts []string, pins *runtime.Pinner) unsafe.Pointer {
	pointers := make([]*byte, len(texts)+1)
	for i, text := range texts {
		pointers[i] = &append([]byte(text), 0)[0]
		pins.Pin(pointers[i])
	}
	pins.Pin(&pointers[0])
	return unsafe.Pointer(&pointers[0])
}
