/** Handlebars from its one file: the package's own entry is 44 modules, and teaches `require` of the whole process to load templates. */
import { later } from '../schema/index.ts'

export const Handlebars = later<typeof import('handlebars')>('handlebars/dist/handlebars.js')()
