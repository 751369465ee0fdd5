package engine

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"github.com/niengiam/niengiam/stats/number"
)

// libraryName is the same on every platform: the packages for macOS carry
// libchdb.so too.
const libraryName = "libchdb.so"

// FindLibrary returns the absolute path of libchdb.so. If setting is not empty, only that
// path is tried. Otherwise it looks beside the executable; in node_modules of the working
// directory, of the executable's directory and of their parents; and in the library
// directories of the system. The error lists the places that were searched.
func FindLibrary(setting string) (string, error) {
	if setting != "" {
		path, err := givenLibrary(setting)
		if err == nil {
			err = builtForUs(path)
		}
		return path, err
	}
	places := libraryPlaces()
	for _, dir := range places {
		if path := filepath.Join(dir, libraryName); isFile(path) {
			return path, builtForUs(path)
		}
	}
	return "", &number.Error{
		Code:    EngineLibraryMissing,
		Message: number.EnglishOnly("the engine's library %s is in none of these places: %s", libraryName, strings.Join(places, ", ")),
		Hint:    libraryHint(),
	}
}

func givenLibrary(setting string) (string, error) {
	path, err := filepath.Abs(setting)
	if err == nil && !isFile(path) {
		_, err = os.Stat(path)
		if err == nil {
			err = errors.New("not a file")
		}
	}
	if err == nil {
		return path, nil
	}
	reason := "is not a file"
	if errors.Is(err, fs.ErrNotExist) {
		reason = "does not exist"
	} else if errors.Is(err, fs.ErrPermission) {
		reason = "may not be read by this user"
	}
	return "", &number.Error{
		Code:    EngineLibraryMissing,
		Message: number.EnglishOnly("the engine's library %s %s", setting, reason),
		Where:   "warehouse.library",
		Hint:    number.EnglishOnly("correct the path, or leave the setting out and run: npm ci"),
		Err:     err,
	}
}

// libraryHint says what to do on this platform when there is no library.
func libraryHint() number.Message {
	if runtime.GOOS == "linux" && runtime.GOARCH == "amd64" {
		return number.EnglishOnly("it comes with the package of niengiam: install that again; in the source code get it with: npm ci; or set warehouse.library to its path")
	}
	return number.EnglishOnly("for %s/%s it does not come with npm ci: set warehouse.library to "+
		"your own libchdb, or warehouse.dsn to a ClickHouse server (clickhouse://user@host:9000/database)", runtime.GOOS, runtime.GOARCH)
}

// libraryPlaces lists the folders to look in, nearest first, each once.
func libraryPlaces() []string {
	var places []string
	add := func(dir string) {
		if dir != "" && !slices.Contains(places, dir) {
			places = append(places, dir)
		}
	}
	var starts []string
	if wd, err := os.Getwd(); err == nil {
		starts = append(starts, wd)
	}
	if exe, err := os.Executable(); err == nil {
		if target, err := filepath.EvalSymlinks(exe); err == nil {
			exe = target
		}
		add(filepath.Dir(exe))
		starts = append(starts, filepath.Dir(exe))
	}
	for _, start := range starts {
		for dir := start; ; dir = filepath.Dir(dir) {
			add(filepath.Join(dir, "node_modules", "@chdb", packageName()))
			if dir == filepath.Dir(dir) {
				break
			}
		}
	}
	for _, dir := range filepath.SplitList(os.Getenv("LD_LIBRARY_PATH")) {
		add(dir)
	}
	for _, dir := range []string{"/usr/local/lib", "/usr/lib", "/usr/lib/niengiam", "/usr/lib64", "/usr/lib/x86_64-linux-gnu"} {
		add(dir)
	}
	return places
}

// packageName is the npm package that carries the library for this platform.
func packageName() string {
	arch := strings.Replace(runtime.GOARCH, "amd64", "x64", 1)
	if runtime.GOOS == "linux" {
		return "lib-linux-" + arch + "-gnu"
	}
	return "lib-" + runtime.GOOS + "-" + arch
}

func isFile(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular()
}
