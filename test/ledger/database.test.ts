import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { all, inTransaction, one, openDatabase } from '../../src/ledger/database.ts'

const schema = 'CREATE TABLE IF NOT EXISTS thing (name TEXT NOT NULL UNIQUE) STRICT;'
let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'database-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe('inTransaction', () => {
  it('keeps all of the work or none, and can begin again after a failure', () => {
    const database = openDatabase('', database => database.exec(schema))
    const put = database.prepare('INSERT INTO thing VALUES (?)')
    const names = () => all<{ name: string }>(database.prepare('SELECT name FROM thing')).map(({ name }) => name)
    expect(() =>
      inTransaction(database, () => {
        put.run('a')
        put.run('a')
      }),
    ).toThrow(/UNIQUE/)
    expect(names()).toEqual([])
    expect(inTransaction(database, () => put.run('b').changes)).toBe(1)
    expect(names()).toEqual(['b'])
    database.close()
  })
})

describe('openDatabase', () => {
  it('opens what is there, and makes what is not', () => {
    const path = join(folder, 'a.db')
    const first = openDatabase(path, database => database.exec(schema))
    first.exec("INSERT INTO thing VALUES ('a')")
    first.close()
    const again = openDatabase(path, database => database.exec(schema))
    expect(one(again.prepare('SELECT name FROM thing'))).toEqual({ name: 'a' })
    expect(one(again.prepare("SELECT name FROM thing WHERE name = 'b'"))).toBeUndefined()
    again.close()
  })
})
