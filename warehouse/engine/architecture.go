package engine

import (
	"debug/elf"
	"runtime"

	"github.com/niengiam/niengiam/stats/number"
)

// machines lists the architectures of ELF files by Go's names for them.
var machines = map[string]elf.Machine{"amd64": elf.EM_X86_64, "arm64": elf.EM_AARCH64}

// builtForUs refuses a library for another architecture than the program's: the system's
// loader would say that there is no such file. What is no ELF file is left to the loader.
func builtForUs(path string) error {
	file, err := elf.Open(path)
	if err != nil {
		return nil
	}
	defer file.Close()
	if want, known := machines[runtime.GOARCH]; !known || file.Machine == want {
		return nil
	}
	return &number.Error{
		Code: EngineLibraryWrong, Where: path,
		Message: number.EnglishOnly("the engine's library is for another architecture (%s) than the program (%s)", file.Machine, machines[runtime.GOARCH]),
		Hint:    number.EnglishOnly("get the library for linux/%s, or set warehouse.dsn to a ClickHouse server", runtime.GOARCH),
	}
}
