package engine

import (
	"debug/elf"
	"runtime"

	"github.com/niengiam/niengiam/stats/number"
)

// machine is the architecture of the program as ELF files name it; EM_NONE where no library
// was ever built for it.
func machine() elf.Machine {
	switch runtime.GOARCH {
	case "amd64":
		return elf.EM_X86_64
	case "arm64":
		return elf.EM_AARCH64
	}
	return elf.EM_NONE
}

// builtForUs refuses a library for another architecture than the program's: the system's
// loader would say that there is no such file. What is no ELF file is left to the loader.
func builtForUs(path string) error {
	file, err := elf.Open(path)
	if err != nil {
		return nil
	}
	defer file.Close()
	want := machine()
	if want == elf.EM_NONE || file.Machine == want {
		return nil
	}
	return &number.Error{
		Code: EngineLibraryWrong, Where: path,
		Message: number.EnglishOnly("the engine's library is for another architecture (%s) than the program (%s)", file.Machine, want),
		Hint:    number.EnglishOnly("get the library for linux/%s, or set warehouse.dsn to a ClickHouse server", runtime.GOARCH),
	}
}
