/** Codes that nobody brings about in the small factory within a second, and the tests that show their text, place and hint. */
import type { FaultCode } from '../../../src/model/index.ts'

export interface Elsewhere {
  readonly code: FaultCode
  readonly why: string
  /** The test's file. */
  readonly shown: string
  /** As it stands in that test. */
  readonly says: string
}

export const elsewhere: readonly Elsewhere[] = [
  {
    code: 'clean.endless',
    why: 'a script is given three seconds',
    shown: 'test/run/guard.test.ts',
    says: 'a.csv:231: jobs/clean.js does not come back from this row: it was ended after some seconds',
  },
  {
    code: 'prepare.endless',
    why: 'a script is given three seconds',
    shown: 'test/run/guard.test.ts',
    says: 'prepare.js does not come back from this row: it was ended after some seconds',
  },
  {
    code: 'intake.file',
    why: 'the file would have to vanish between being digested and being read',
    shown: 'test/intake/refuse.test.ts',
    says: 'customers.csv: the file is not there',
  },
  {
    code: 'intake.long',
    why: 'a row of 16 MB takes seconds',
    shown: 'test/intake/refuse.test.ts',
    says: 'a.csv:2: a row is longer than 16 MB',
  },
  {
    code: 'run.bug',
    why: 'it takes a bug',
    shown: 'test/run/broken.test.ts',
    says: 'a bug in Platen: TypeError at fax.js:9',
  },
  {
    code: 'run.crashed',
    why: 'a worker has to die three times',
    shown: 'test/run/broken.test.ts',
    says: 'three workers died or hung on this communication',
  },
]
