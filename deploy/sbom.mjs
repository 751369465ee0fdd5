// Joins the bills of materials of the program, its pages and its engine into one CycloneDX document.
//   node deploy/sbom.mjs PROGRAM.json ENGINE.json >niengiam.cdx.json
// PROGRAM.json is what cyclonedx-gomod reads out of the binary, ENGINE.json ClickHouse's system.licenses.
// There is no time and no serial number in it: the same tree gives the same bytes.
import { readFileSync } from 'node:fs'
import { hashes, pagePackages, purl } from './pages.mjs'

const [program, engine] = process.argv.slice(2)
const bill = JSON.parse(readFileSync(program, 'utf8'))

// A licence is an SPDX expression where npm says so.
const part = ({ name, version, license, integrity }) => ({
  'bom-ref': purl(name, version),
  type: 'library',
  name,
  version,
  hashes: hashes(integrity),
  licenses: [{ expression: license }],
  purl: purl(name, version),
})
const pages = new Map(pagePackages().map(entry => [purl(entry.name, entry.version), part(entry)]))

const lock = JSON.parse(readFileSync('package-lock.json', 'utf8'))
const [path, library] = Object.entries(lock.packages).find(([name]) => name.startsWith('node_modules/@chdb/'))
const libraries = new Map()
for (const line of readFileSync(engine, 'utf8').trim().split('\n')) {
  const { library_name, license_type } = JSON.parse(line)
  libraries.set(`${library_name} ${license_type}`, { type: 'library', name: library_name, licenses: [{ license: { name: license_type } }] })
}
bill.components.push(...pages.values(), {
  ...part({ ...library, name: path.slice('node_modules/'.length) }),
  description: 'ClickHouse as a library (libchdb.so), with the libraries that it says it is made with',
  components: [...libraries.values()],
})
console.log(JSON.stringify(bill, null, 1))
