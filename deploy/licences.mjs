// Gathers the licences of everything that is linked into the program, its pages and its engine.
//   node deploy/licences.mjs ENGINE.json TO
// ENGINE.json has the rows of ClickHouse's table system.licenses, one a line.
// A part without any licence fails the build.
import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, relative } from 'node:path'
import { pagePackages } from './pages.mjs'

const [engine, to] = process.argv.slice(2)
const isLicence = name => /^(licen[cs]es?|copying|notice|ofl)([-.].*)?$/i.test(name) && !/\.(go|[cm]?[jt]s)$/i.test(name)

/** Copies the licences found in a directory, the ones deeper in it included; returns how many. */
function copyLicences(from, target) {
  let copied = 0
  for (const entry of readdirSync(from, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name)
    const inside = relative(from, path)
    if (!entry.isFile() || !isLicence(basename(path)) || /(^|\/)(node_modules|testdata)\//.test(inside)) continue
    mkdirSync(dirname(join(target, inside)), { recursive: true })
    writeFileSync(join(target, inside), readFileSync(path))
    copied++
  }
  return copied
}

function need(found, what) {
  if (!found) throw new Error(`${what} has no licence: a package without one must not be given away`)
}

// The program: Go itself, and each module of which a package is linked.
const go = (...args) => execFileSync('go', args, { encoding: 'utf8', env: { ...process.env, CGO_ENABLED: '0' } }).trim()
cpSync(join(go('env', 'GOROOT'), 'LICENSE'), join(to, 'program/go/LICENSE'))
const modules = new Map()
for (const line of go('list', '-deps', '-f', '{{with .Module}}{{if not .Main}}{{.Path}} {{.Dir}}{{end}}{{end}}', './cmd/niengiam').split('\n')) {
  if (line) modules.set(...line.split(' '))
}
for (const [path, dir] of modules) need(copyLicences(dir, join(to, 'program', path)), path)
copyLicences('briefing/print/font', join(to, 'program/fonts'))

for (const { name, version, license, dir } of pagePackages()) {
  const target = join(to, 'pages', `${name}@${version}`)
  if (copyLicences(dir, target)) continue
  need(license, name)
  const { author } = JSON.parse(readFileSync(join(dir, 'package.json'), 'utf8'))
  mkdirSync(target, { recursive: true })
  writeFileSync(join(target, 'LICENSE'), `${name} ${version}: ${license}, by ${author?.name ?? author ?? 'its authors'}, as its package.json says; it carries no text.\n`)
}

// The engine: what ClickHouse says of itself, each text once.
const texts = new Map()
for (const line of readFileSync(engine, 'utf8').trim().split('\n')) {
  const row = JSON.parse(line)
  texts.set(row.license_text, [...(texts.get(row.license_text) ?? []), `${row.library_name}: ${row.license_type}`])
}
need(texts.size, 'the engine')
mkdirSync(join(to, 'engine'), { recursive: true })
writeFileSync(join(to, 'engine/LICENSE'), readFileSync('LICENSE')) // ClickHouse and chDB are under the same licence
const parts = [...texts].map(([text, names]) => `${[...new Set(names)].sort().join('\n')}\n\n${text.trim()}\n`).sort()
writeFileSync(join(to, 'engine/libraries.txt'), parts.join(`\n${'='.repeat(80)}\n`))
