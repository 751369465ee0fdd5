// Lists the packages from npm that the pages are made of: those of web/package-lock.json that are no
// tools of development.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

export function pagePackages() {
  const lock = JSON.parse(readFileSync('web/package-lock.json', 'utf8'))
  return Object.entries(lock.packages)
    .filter(([path, entry]) => path && !entry.dev && !entry.devOptional && !entry.optional)
    .map(([path, entry]) => ({ ...entry, dir: join('web', path), name: path.slice(path.lastIndexOf('node_modules/') + 13) }))
}

/** purl is the address of a package from npm, as bills of materials write it. */
export const purl = (name, version) => `pkg:npm/${name.replace('@', '%40')}@${version}`

/** hashes are those of an entry of a lock file, as CycloneDX writes them. */
export const hashes = integrity => [
  { alg: 'SHA-512', content: Buffer.from(integrity.replace('sha512-', ''), 'base64').toString('hex') },
]
