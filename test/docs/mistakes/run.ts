/** Mistakes around runs: data that does not meet its gates, runs that are there already, folders that were touched. */
import { mkdirSync } from 'node:fs'
import { takeLock } from '../../../src/ledger/index.ts'
import { voidRun } from '../../../src/run/index.ts'
import { rows } from '../../run/factory.ts'
import type { Mistake } from './mistake.ts'
import { ran } from './provoke.ts'

const data = 'data/bills.csv'
const job = 'jobs/bills.yaml'
const out = 'out/bills-2026-03'
/** A run that goes through takes a second. */
const sameWarning = 'run.nothing shows that run warns of what check warns of'
const header = 'number;customer;email;phone;locale;issued;item;amount\n'

export const run: readonly Mistake[] = [
  {
    what: 'a run that is started twice at the same time',
    code: 'run.busy',
    make: () => {
      mkdirSync(out, { recursive: true })
      const lock = takeLock(`${out}/run.lock`)
      return () => lock?.release()
    },
    unchecked: 'check takes no lock',
    exit: 6,
    says: 'out/bills-2026-03: another process has the run bills-2026-03',
    hint: 'wait until it ends; platen status tells how far it is',
  },
  {
    what: 'a module of a channel that exports something else',
    code: 'run.channel',
    asked: { channelModules: ['data:text/javascript,export default {}'] },
    exit: 2,
    says: 'data:text/javascript,export default {}: the module exports no channel',
    hint: 'a module of a channel has it as its default export; see docs/library.md',
  },
  {
    what: 'twice as many bills as usual',
    code: 'run.bounds',
    make: async f => {
      f.write(job, `${f.read(job)}bounds: { communications: 20% }\n`)
      await ran()
      f.mend(job, 'period: 2026-03', 'period: 2026-04')
      f.write(data, rows(7, { from: 101 }))
    },
    exit: 5,
    says: 'jobs/bills.yaml: communications are 7, and the run before had 3; 20 % more or less is allowed',
    hint: 'look at the data; if it is right, start again with --confirm and why, such as --confirm "new customers"',
  },
  {
    what: 'a month that looks usual, with half of its money',
    code: 'run.bounds',
    make: async f => {
      f.write(job, `${f.read(job)}bounds: { rows: 10%, facts: { total: 40% } }\n`)
      await ran()
      f.mend(job, 'period: 2026-03', 'period: 2026-04')
      f.write(data, rows(3, { from: 101 }).replaceAll(/;10[123],/g, ';1,'))
    },
    exit: 5,
    says: 'jobs/bills.yaml: the fact total comes to 6.90, and the run before had 12.90; 40 % more or less is allowed',
    hint: 'look at the data; if it is right, start again with --confirm and why, such as --confirm "new customers"',
  },
  {
    what: 'bounds for a fact that is no money',
    code: 'job.value',
    make: f => f.write(job, `${f.read(job)}bounds: { facts: { totl: 20% } }\n`),
    exit: 2,
    says: 'jobs/bills.yaml: bounds names the fact "totl", which is no money fact of the template in one currency',
    hint: 'did you mean "total"?',
  },
  {
    what: 'an amount that is not the one of the data',
    code: 'run.fact',
    make: f => f.mend('templates/bill/sms.hbs', "(fact 'total')", "(money (plus total '0.10'))"),
    asked: { channels: ['sms'] },
    unchecked: 'check reads no finished pieces',
    also: ['run.leftout'],
    exit: 4,
    says: 'out/bills-2026-03: 3 pieces of sms do not show what the data says',
    hint: 'they are held; failed.csv says which facts; mend the template, and start again with --retry',
  },
  {
    what: 'control totals that differ',
    code: 'run.control',
    make: f => f.write(job, `${f.read(job)}expect: { rows: 7 }\n`),
    exit: 5,
    says: 'jobs/bills.yaml: rows of data/bills.csv should be 7, and 6 were read',
    hint: 'ask for the whole file, or for the right control totals: the run begins only when they agree',
  },
  {
    what: 'a control sum that differs',
    code: 'run.control',
    make: f => f.write(job, `${f.read(job)}expect: { communications: 3, sum: { lines.amount: "99.99" } }\n`),
    exit: 5,
    says: 'jobs/bills.yaml: the sum of lines.amount should be 99.99, and it is 12.90',
    hint: 'ask for the whole file, or for the right control totals: the run begins only when they agree',
  },
  {
    what: 'other data, without control totals of its own',
    code: 'run.control',
    unrun: sameWarning,
    make: f => f.write(job, `${f.read(job)}expect: { rows: 6 }\n`),
    asked: { data: [{ source: data }] },
    exit: 0,
    says: 'jobs/bills.yaml: the control totals of the job are for its own data, and none are given for this one',
    hint: 'name them with --expect FILE',
  },
  {
    what: 'a run that exists with other data',
    code: 'run.data',
    make: async f => {
      await ran({}, 'allocated')
      f.mend(data, '1,10', '1,15')
    },
    unchecked: 'check looks at no run',
    exit: 5,
    says: 'out/bills-2026-03: the run bills-2026-03 exists with other data',
    hint: 'a mended or additional file is a new run: name it with --run',
  },
  {
    what: 'a field that the template does not know',
    code: 'run.dropped',
    unrun: sameWarning,
    make: f => f.mend(job, '    issued: issued', '    issued: issued\n    note: locale'),
    exit: 0,
    says: 'templates/bill/schema.json: fields that the template does not know were left out: note',
    hint: 'add them to schema.json, or take them out of the job',
  },
  {
    what: 'a data file without rows',
    code: 'run.empty',
    make: f => f.write(data, header),
    exit: 5,
    says: 'data/bills.csv: the data has no rows',
    hint: 'set allowEmpty: true in the job if that may be',
  },
  {
    what: 'a script that filters every row',
    code: 'run.empty',
    make: f => {
      f.mend(job, '  key: number', '  key: number\n  clean: clean.js')
      f.write('jobs/clean.js', 'export default () => null\n')
    },
    exit: 5,
    says: 'data/bills.csv: the data has no communications: every row was filtered',
    hint: 'set allowEmpty: true in the job if that may be',
  },
  {
    what: 'a name in letters that no font has',
    code: 'run.glyph',
    make: f => f.write(data, f.read(data).replaceAll("O'Brien & Sons", '李小龍')),
    exit: 5,
    says: 'data/bills.csv:2: no font of the brand has U+674E, U+5C0F, U+9F8D, which customer.name needs on pdf',
    hint: 'add a font that has it to fallback: in brand.yaml, or mend the data',
  },
  {
    what: 'a second run over the same bills',
    code: 'run.issued',
    make: () => ran({}),
    asked: { run: 'again' },
    exit: 5,
    says: 'data/bills.csv:2: this bill was issued before, by the run bills-2026-03',
    hint: 'there is nothing to do: no document goes out twice; what was left out of it needs a document with an id of its own',
  },
  {
    what: 'a second run over the same bills, their numbers with another hyphen',
    code: 'run.lookalike',
    make: async f => {
      await ran({})
      f.write('data/bills.csv', f.read('data/bills.csv').replaceAll('B-', 'B\u2011'))
    },
    asked: { run: 'again' },
    exit: 5,
    says: 'data/bills.csv:2: this bill may have been issued before, by the run bills-2026-03, with an id that is drawn alike and written otherwise (other letters or hyphens)',
    hint: 'write ids as before; if these are other documents, start again with --confirm and why, such as --confirm "two contracts"',
  },
  {
    what: 'a frozen kit that was tidied away',
    code: 'run.kit',
    make: async f => {
      await ran({}, 'allocated')
      f.remove(`${out}/kit`)
    },
    unchecked: 'check looks at no run',
    exit: 2,
    says: 'out/bills-2026-03/kit: the frozen kit of this run is missing or damaged',
    hint: 'the kit is needed to go on: restore the out folder from a backup',
  },
  {
    what: 'a frozen kit that was mended by hand',
    code: 'run.kit',
    make: async f => {
      await ran({}, 'allocated')
      f.mend(`${out}/kit/templates/bill/pdf.hbs`, '20mm', '25mm')
    },
    unchecked: 'check looks at no run',
    exit: 2,
    says: 'out/bills-2026-03/kit: the frozen kit of this run is not what the run began with',
    hint: 'restore the out folder from a backup: what is left has to be made with the kit that was frozen',
  },
  {
    what: 'names that were written for HTML',
    code: 'run.html',
    unrun: sameWarning,
    make: f => f.write(data, f.read(data).replaceAll('Item 1', '"Tea &amp; milk"')),
    exit: 0,
    says: 'jobs/bills.yaml: 3 communications have text that looks as if it had been written for HTML: &amp; in lines.item (data/bills.csv:2, 4, 6)',
    hint: 'it is read as it stands: have it exported as plain text, or let clean.js write the letters themselves',
  },
  {
    what: 'marks that another system was to fill in',
    code: 'run.unmerged',
    unrun: sameWarning,
    make: f => f.write(data, f.read(data).replaceAll('Item 1', '%%item%%')),
    exit: 0,
    says: 'jobs/bills.yaml: 3 communications have text that another system was to fill in: %%item%% in lines.item (data/bills.csv:2, 4, 6)',
    hint: 'it is read as it stands: have the data exported once it is filled in',
  },
  {
    what: 'a language without wording',
    code: 'run.locale',
    unrun: sameWarning,
    make: f => f.write(data, f.read(data).replaceAll('uk-UA', 'pl-PL')),
    exit: 0,
    says: 'templates/bill/template.yaml: 1 recipient asks for pl-PL and reads en-GB: there is no wording (data/bills.csv:4)',
    hint: 'add wording for it to the template and the brand (text/<locale>.json), or mend the data',
  },
  {
    what: 'something else in the column of languages',
    code: 'run.locale',
    unrun: sameWarning,
    make: f => f.write(data, f.read(data).replaceAll('uk-UA', 'Ukrainian')),
    exit: 0,
    says: 'templates/bill/template.yaml: 1 recipient asks for what is no language and reads en-GB: there is no wording (data/bills.csv:4)',
    hint: 'add wording for it to the template and the brand (text/<locale>.json), or mend the data',
  },
  {
    what: 'a ledger that was tidied away',
    code: 'run.lost',
    make: async f => {
      await ran({}, 'allocated')
      f.remove(`${out}/run.db`)
    },
    unchecked: 'check looks at no run',
    exit: 5,
    says: 'out/bills-2026-03: the run bills-2026-03 has issued documents, and its ledger is gone or older than they are',
    hint: 'restore the out folder from a backup; to issue other documents, name another run with --run',
  },
  {
    what: 'a file where the out folder should be',
    code: 'run.machine',
    make: f => f.write('out', ''),
    unchecked: 'check writes nothing',
    exit: 2,
    says: 'out: a file stands where a folder is needed (ENOTDIR)',
    hint: 'name another out folder with --out',
  },
  {
    what: 'customers whom no channel reaches',
    code: 'run.nothing',
    make: f => {
      f.mend(job, '  pdf: {}\n', '')
      f.write(data, f.read(data).replaceAll('+447700900001', ''))
    },
    exit: 0,
    says: 'jobs/bills.yaml: 1 of 3 communications has no piece on any channel (1 × no address)',
    hint: 'nothing of them is issued, so they can be made later: mend addresses or consent, or add a channel that needs no address, such as pdf',
  },
  {
    what: 'a consent in words that are no channel',
    code: 'run.consent',
    make: f => {
      f.mend('templates/bill/template.yaml', 'version: 1', 'version: 1\npurpose: marketing\nconsent: agreed')
      f.mend(
        'templates/bill/schema.json',
        '"properties": {',
        '"properties": { "agreed": { "type": "array", "items": { "type": "string" } },',
      )
      f.mend('templates/bill/prepare.js', '...data, total', "...data, agreed: ['EMAIL'], total")
      f.mend(job, '  sms: {}\n', '')
    },
    also: ['run.nothing'],
    exit: 0,
    says: 'jobs/bills.yaml: 3 communications have consents that name no channel, and so agree to nothing there (data/bills.csv:2, 4, 6)',
    hint: "write true, or a list of pdf, email, sms; prepare.js makes a list of text: data.agreed.split(',')",
  },
  {
    what: 'a channel at a time, of documents that are issued once',
    code: 'run.leftout',
    asked: { channels: ['sms'] },
    exit: 0,
    says: 'jobs/bills.yaml: --channel leaves out pdf, and what is issued now is not made on it later',
    hint: 'a document is issued once, whatever its channels: run without --channel, or void this run before the other channels are made',
  },
  {
    what: 'other options when a run goes on',
    code: 'run.option',
    make: () => ran({}, 'allocated'),
    asked: { date: '2026-04-01' },
    unchecked: 'check looks at no run',
    exit: 2,
    says: 'out/bills-2026-03: the run bills-2026-03 was started with another --date',
    hint: 'go on as it was started, without --date (only --workers, --json, --mode, --metrics and --confirm may differ), or name a new run with --run',
  },
  {
    what: 'a job of the same name, on the same data, from another folder',
    code: 'run.job',
    make: async f => {
      await ran({}, 'allocated')
      f.write(`elsewhere/${job}`, f.read(job).replace('  sms: {}\n', ''))
      f.write(`elsewhere/${data}`, f.read(data))
    },
    asked: { job: `elsewhere/${job}` },
    exit: 2,
    says: 'elsewhere/jobs/bills.yaml: the run bills-2026-03 was started with another job: a bills.yaml elsewhere',
    hint: 'name a new run with --run; to have the one that is there, start it with its own job, which is frozen in its kit',
  },
  {
    what: 'one bad row, and no rejects allowed',
    code: 'run.rejects',
    make: f => f.mend(data, '2,10', '2,1x'),
    also: ['intake.unreadable'],
    exit: 5,
    says: 'jobs/bills.yaml: 1 of 3 communications are rejects, 0 are allowed',
    hint: 'mend the data, or allow more with rejects: in the job or --rejects; a run lists them all in rejects.csv',
  },
  {
    what: 'more bad rows than the share that is allowed',
    code: 'run.rejects',
    make: f => {
      f.write(job, `${f.read(job)}rejects: 10%\n`)
      f.mend(data, '2,10', '2,1x')
    },
    also: ['intake.unreadable'],
    exit: 5,
    says: 'jobs/bills.yaml: 1 of 3 communications are rejects, 10 % are allowed',
    hint: 'mend the data, or allow more with rejects: in the job or --rejects; a run lists them all in rejects.csv',
  },
  {
    what: 'a piece that was deleted while the run was interrupted',
    code: 'run.sums',
    make: async f => {
      await ran({ lotSize: 1 }, 'published')
      f.remove(`${out}/lot-0001/pdf/B-1.pdf`)
    },
    asked: { lotSize: 1 },
    unchecked: 'check looks at no run',
    exit: 4,
    says: 'out/bills-2026-03: the pdf file of communication 1 in lot-0001 is missing or cut',
    hint: 'do not send this run; keep the folder and report it; platen verify names the files',
  },
  {
    what: 'a template without the file of a channel',
    code: 'run.template',
    make: f => f.remove('templates/bill/sms.hbs'),
    exit: 2,
    says: 'jobs/bills.yaml: the job wants sms, and the template bill has no sms.hbs',
    hint: "write sms.hbs in the template's folder, or take sms out of the job",
  },
  {
    what: 'a fact that a channel is said to show and does not',
    code: 'run.template',
    make: f => f.mend('templates/bill/sms.hbs', "{{t 'total' amount=(fact 'total')}}", 'pay 777'),
    exit: 2,
    says: 'templates/bill/template.yaml: the fact total is said to be on sms, and the template does not show it there',
    hint: "write {{fact 'total'}} in the text of sms, or take sms out of its on:",
  },
  {
    what: 'a run that was declared void',
    code: 'run.voided',
    make: async () => {
      await ran({}, 'allocated')
      await voidRun({ out: 'out', run: 'bills-2026-03', why: 'the wrong month' })
    },
    exit: 5,
    says: 'out/bills-2026-03: the run bills-2026-03 is void',
    hint: 'its documents are free: issue them with another run, named with --run; platen status says who declared it void, and why',
  },
  {
    what: 'a customer who stands in the data twice',
    code: 'run.twice',
    unrun: sameWarning,
    make: f => f.write(data, f.read(data).replaceAll('+447700900003', '+44 7700 900001')),
    exit: 0,
    says: 'jobs/bills.yaml: 1 address gets more than one piece on sms, 2 in all (data/bills.csv:2, 6)',
    hint: 'look whether one customer stands in the data twice; accounts that share an address are all right',
  },
  {
    what: 'a template that does not say whose a piece is',
    code: 'run.unwatched',
    unrun: 'it is check that looks ahead',
    make: f => f.mend('templates/bill/template.yaml', ', identity: true', ''),
    exit: 0,
    says: 'templates/bill/template.yaml: no fact has identity: true, so no piece is searched for what identifies another communication',
    hint: 'give identity: true to the fact that says whose a piece is: a number, an account',
  },
  {
    what: 'an issued.db that was tidied away',
    code: 'run.unclaimed',
    make: async f => {
      await ran({}, 'allocated')
      for (const name of ['issued.db', 'issued.db-wal', 'issued.db-shm'])
        if (f.exists(`out/${name}`)) f.remove(`out/${name}`)
    },
    asked: { run: 'again' },
    exit: 5,
    says: 'out/issued.db: issued.db does not know what bills-2026-03 issued',
    hint: 'restore it from the same backup as the runs: without it documents would be issued twice; runs that are none of this out folder have to leave it',
  },
]
