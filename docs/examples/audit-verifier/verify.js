// Verifies an audit archive by its files and public keys. It shares no code with Millrace: it follows
// docs/audit-format.md, with Node's own cryptography and hyparquet.
//
//   node verify.js ARCHIVE PUBLIC-KEYS.pem [--to YYYY-MM-DD] [--witness FOLDER] [--kept DAYS]
//
// It prints what is wrong, one thing a line, or what was proven. Exit code 0: nothing is wrong; 1: something is.
import {createHash, createPublicKey, verify as verifySignature} from 'node:crypto'
import {existsSync, readFileSync, readdirSync} from 'node:fs'
import {join} from 'node:path'
import {parseArgs} from 'node:util'
import {parquetReadObjects} from 'hyparquet'

const {values: options, positionals} = parseArgs({
  allowPositionals: true,
  options: {to: {type: 'string'}, witness: {type: 'string'}, kept: {type: 'string', default: '1'}},
})
const [archive, keyFile] = positionals
if (!archive || !keyFile) {
  console.error('node verify.js ARCHIVE PUBLIC-KEYS.pem [--to YYYY-MM-DD] [--witness FOLDER] [--kept DAYS]')
  process.exit(2)
}

const wrong = []
let sealed = 0
let chained = 0
let expired = 0
const say = (where, what) => wrong.push(`${where}: ${what}`)

// ---- Bytes, hashes and canonical JSON (sections 2 and 6 of the format)

const ABSENT = Buffer.from([0xff, 0xff, 0xff, 0xff])
const i32 = n => { const b = Buffer.alloc(4); b.writeInt32BE(n); return b }
const i64 = n => { const b = Buffer.alloc(8); b.writeBigInt64BE(BigInt(n)); return b }
const bytes = b => b === null || b === undefined ? ABSENT : Buffer.concat([i32(b.length), b])
const text = t => bytes(t === null || t === undefined ? null : Buffer.from(t, 'utf8'))
const optional = n => n === null || n === undefined ? Buffer.from([0]) : Buffer.concat([Buffer.from([1]), i64(n)])
const sha256 = (...parts) => parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest('hex')
const hex = h => Buffer.from(h, 'hex')
const chainName = c => Buffer.concat([text(c.archive), text(c.topic), i32(c.partition)])
const genesis = c => sha256(text('millrace-audit-1/genesis'), chainName(c))

function recordHash(chain, row) {
  return sha256(text('millrace-audit-1/record'), chainName(chain), i64(row.offset), i64(row.timestamp),
    bytes(row.key), bytes(row.headers), bytes(row.value), row.previous_hash)
}

function rowHash(row) {
  return sha256(text('millrace-audit-1/row'), row.hash, text(row.kind), optional(row.event_time), text(row.event_id),
    text(row.event_type), text(row.user_id), text(row.accessed_by), text(row.resource_id), text(row.metadata))
}

function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  return `{${Object.keys(value).sort().map(name => `${JSON.stringify(name)}:${canonical(value[name])}`).join(',')}}`
}

function readCanonical(folder, name) {
  const raw = readFileSync(join(folder, name))
  const value = JSON.parse(raw.toString('utf8'))
  if (!Buffer.from(canonical(value), 'utf8').equals(raw)) throw new Error('it is not in the canonical form of JSON')
  return value
}

// ---- Keys and digests (sections 6 and 7)

const keys = (readFileSync(keyFile, 'utf8').match(/-----BEGIN PUBLIC KEY-----[^-]*-----END PUBLIC KEY-----/g) ?? [])
  .map(pem => createPublicKey(pem))
const keyIds = keys.map(key => sha256(key.export({type: 'spki', format: 'der'})))
const signedBytes = digest => Buffer.concat([text('millrace-audit-1/digest'), text(canonical(digest))])
const expiryBytes = expiry => Buffer.concat([text('millrace-audit-1/expiry'), text(canonical(expiry))])
const later = (day, days) => new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10)
const nextDay = day => later(day, 1)
const hidden = name => /(^|\/)[._][^/]*$/.test(name)
const list = (folder, top) => existsSync(join(folder, top))
  ? readdirSync(join(folder, top), {recursive: true, withFileTypes: true})
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath ?? entry.path, entry.name).slice(join(folder).length + 1))
    .filter(name => !hidden(name))
    .sort()
  : []

function readDigests(folder) {
  const partitions = new Map()
  for (const name of list(folder, 'digests')) {
    try {
      const {digest, signature} = readCanonical(folder, name)
      if (`digests/dt=${digest.dt}/${digest.partition}.json` !== name) throw new Error('it is the digest of another day')
      const place = keyIds.indexOf(digest.keyId)
      if (place < 0) throw new Error('its key is none of those that were given')
      if (!verifySignature(null, signedBytes(digest), keys[place], Buffer.from(signature, 'base64'))) {
        throw new Error('its signature is wrong')
      }
      if (!partitions.has(digest.partition)) partitions.set(digest.partition, [])
      partitions.get(digest.partition).push({...digest, place, name, hash: sha256(signedBytes(digest))})
    } catch (e) {
      say(name, e.message)
    }
  }
  return partitions
}

function followDigests(chain, digests) {
  let before = {sequence: '-1', hash: '0'.repeat(64), lastHash: genesis(chain), place: 0, lastOffset: '-1'}
  for (const digest of digests) {
    const files = digest.files
    const last = files.at(-1)
    if (digest.archive !== chain.archive || digest.topic !== chain.topic) say(digest.name, 'it is of another archive')
    else if (BigInt(digest.sequence) !== BigInt(before.sequence) + 1n || before.dt && digest.dt !== nextDay(before.dt)) {
      say(digest.name, 'digests before it are missing')
    } else if (digest.previousDigest !== before.hash) say(digest.name, 'it does not name the digest before it')
    else if (digest.place < before.place) say(digest.name, 'its key had been replaced by then')
    else if (digest.previousHash !== before.lastHash) say(digest.name, 'its chain does not follow')
    else if (digest.lastHash !== (last?.lastHash ?? digest.previousHash)
      || digest.lastOffset !== (last?.lastOffset ?? null) || digest.firstOffset !== (files[0]?.firstOffset ?? null)
      || BigInt(digest.records) !== files.reduce((sum, file) => sum + BigInt(file.records), 0n)) {
      say(digest.name, 'its sums are not those of its files')
    }
    before = {...digest, lastOffset: digest.lastOffset ?? before.lastOffset}
  }
  return before
}

// ---- Days that were removed (section 13)

const EXPIRY = ['archive', 'digest', 'dt', 'expiredAt', 'format', 'keptDays', 'keyId', 'partition', 'sealedDigest',
  'sealedThrough', 'topic'].join()

function readExpiries(first, partitions) {
  const days = new Set()
  for (const name of list(archive, 'expired')) {
    try {
      const {expiry, signature, ...more} = readCanonical(archive, name)
      const problem = expiryProblem(name, expiry, signature, more, first, partitions)
      if (problem) throw new Error(problem)
      days.add(`${expiry.partition} ${expiry.dt}`)
    } catch (e) {
      say(name, e.message)
    }
  }
  return days
}

function expiryProblem(name, expiry, signature, more, first, partitions) {
  const digests = partitions.get(expiry.partition) ?? []
  const removed = digests.find(digest => digest.dt === expiry.dt)
  const last = digests.find(digest => digest.dt === expiry.sealedThrough)
  const place = keyIds.indexOf(expiry.keyId)
  const form = Object.keys(expiry).sort().join() === EXPIRY && Object.keys(more).length === 0
    && expiry.format === 'millrace-audit-expiry-1' && Number.isInteger(expiry.keptDays) && expiry.keptDays >= 1
    && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(expiry.expiredAt)
  const until = form ? later(expiry.dt, expiry.keptDays) : ''
  return !form ? 'it is no statement of expiry'
    : `expired/dt=${expiry.dt}/${expiry.partition}.json` !== name ? 'it is the statement of another day'
    : expiry.archive !== first.archive || expiry.topic !== first.topic ? 'it is of another archive'
    : place < 0 || !verifySignature(null, expiryBytes(expiry), keys[place], Buffer.from(signature, 'base64'))
      ? 'it is not signed by any of the keys that were given'
    : removed?.hash !== expiry.digest || last?.hash !== expiry.sealedDigest ? 'it speaks of other digests than are here'
    : last.dt < until || expiry.expiredAt.slice(0, 10) <= until ? 'the day was not old enough'
    : expiry.keptDays < Number(options.kept) ? `records were kept for ${expiry.keptDays} days`
    : place < last.place ? 'its key had been replaced by then'
    : null
}

// ---- Files and records (sections 3 to 5)

async function checkFile(chain, dt, file, previousHash, lastOffset, firstHash) {
  const name = `audit/dt=${dt}/${chain.partition}-${file.firstOffset}-${file.lastOffset}.parquet`
  if (file.name !== name) return say(file.name, 'it is named otherwise than its records')
  if (!existsSync(join(archive, name))) return say(name, `record ${file.firstOffset}: the file is missing`)
  const raw = readFileSync(join(archive, name))
  let previous = previousHash
  let offset = BigInt(lastOffset)
  let at = file.firstOffset
  let count = 0
  try {
    for (const row of await rows(raw)) {
      at = row.offset
      const problem = row.partition !== chain.partition ? 'it is of another partition'
        : row.offset <= offset ? 'it is there twice, or moved'
        : count === 0 && row.offset !== BigInt(file.firstOffset) ? 'it is not the first one'
        : row.offset > BigInt(file.lastOffset) ? 'it was added'
        : hexOf(row.previous_hash) !== previous ? 'it does not follow the record before it'
        : hexOf(row.hash) !== recordHash(chain, row) ? 'it was changed'
        : hexOf(row.row_hash) !== rowHash(row) ? 'its fields were changed'
        : count === 0 && firstHash && hexOf(row.hash) !== firstHash ? 'it is not the one that was sealed'
        : new Date(Number(row.timestamp)).toISOString().slice(0, 10) > dt ? 'it is of a later day'
        : null
      if (problem) return say(name, `record ${row.offset}: ${problem}`)
      previous = hexOf(row.hash)
      offset = row.offset
      count++
    }
  } catch (e) {
    return say(name, `record ${at}: it cannot be read from here on: ${e.message}`)
  }
  if (offset !== BigInt(file.lastOffset) || BigInt(count) !== BigInt(file.records)) {
    return say(name, `record ${offset + 1n}: records are missing from here on`)
  }
  if (previous !== file.lastHash || raw.length !== Number(file.size) || sha256(raw) !== file.sha256) {
    return say(name, `record ${file.firstOffset}: it is not the file that was named`)
  }
  return count
}

const hexOf = b => Buffer.from(b).toString('hex')

function rows(raw) {
  const file = raw.buffer.slice(raw.byteOffset, raw.byteOffset + raw.byteLength)
  return parquetReadObjects({file, utf8: false, parsers: {timestampFromMilliseconds: millis => millis}})
}

async function main() {
  const partitions = readDigests(archive)
  const first = [...partitions.values()][0]?.[0]
  if (!first) return say('digests', 'there is no digest: nothing is proven')
  const known = new Set()
  const removed = readExpiries(first, partitions)
  for (const [partition, digests] of partitions) {
    const chain = {archive: first.archive, topic: first.topic, partition}
    const last = followDigests(chain, digests)
    let offset = -1
    for (const digest of digests) {
      let hash = digest.previousHash
      for (const [i, file] of digest.files.entries()) {
        known.add(file.name)
        if (removed.has(`${partition} ${digest.dt}`) && !existsSync(join(archive, file.name))) {
          expired += Number(file.records)
        } else {
          sealed += await checkFile(chain, digest.dt, file, hash, offset, i === 0 ? digest.firstHash : null) ?? 0
        }
        hash = file.lastHash
        offset = file.lastOffset
      }
    }
    await openFiles(chain, digests, last, known)
    if (options.to && last.dt < options.to) say(`digests/dt=${nextDay(last.dt)}/${partition}.json`, 'it is missing')
  }
  const count = [...partitions.values()].flat().reduce((most, digest) => Math.max(most, digest.partitions), 0)
  for (let p = 0; p < count; p++) if (!partitions.has(p)) say('digests', `partition ${p} has no digest`)
  for (const name of list(archive, 'audit')) {
    if (!known.has(name)) say(name, 'no digest and no manifest names this file')
  }
  if (options.witness) compareWith(options.witness)
}

async function openFiles(chain, digests, last, known) {
  const name = `manifests/${chain.partition}.json`
  if (!existsSync(join(archive, name))) return
  let manifest
  try {
    manifest = readCanonical(archive, name)
  } catch (e) {
    return say(name, e.message)
  }
  const at = manifest.sealed
  if (at && !digests.some(digest => digest.dt === at.dt && digest.hash === at.digest)) {
    return say(last.name, 'the manifest knows a digest that is not here')
  }
  let hash = last.lastHash
  let offset = last.lastOffset
  for (const file of manifest.files) {
    const dt = file.name.slice('audit/dt='.length, 'audit/dt='.length + 10)
    if (dt <= last.dt) continue
    known.add(file.name)
    chained += await checkFile(chain, dt, file, hash, offset, null) ?? 0
    hash = file.lastHash
    offset = file.lastOffset
  }
}

function compareWith(witness) {
  for (const name of list(archive, 'expired')) {
    if (!existsSync(join(witness, name)) || !readFileSync(join(archive, name)).equals(readFileSync(join(witness, name)))) {
      say(name, 'the witness does not have this statement of expiry')
    }
  }
  for (const name of list(witness, 'digests')) {
    if (!existsSync(join(archive, name))) say(name, 'the witness has this digest, and the archive does not')
    else if (!readFileSync(join(archive, name)).equals(readFileSync(join(witness, name)))) {
      say(name, 'the witness has another digest of this day')
    }
  }
}

await main()
wrong.forEach(line => console.log(`WRONG ${line}`))
if (wrong.length === 0) {
  console.log(`OK ${sealed} records are sealed and proven; ${chained} more follow by the chain`
    + (expired ? `; ${expired} were removed, as signed statements say` : ''))
}
process.exitCode = wrong.length === 0 ? 0 : 1
