/** Reads `assets/` of a kit and makes the Brand of it, or says everything that stands in the way. */
import { type Brand, done, type Fault, failed, type Kit, type KitFile, type Result, settle } from '../model/index.ts'
import { readSettings } from '../schema/index.ts'
import { checkColors, resolveClasses } from './classes.ts'
import { checkCountries } from './countries.ts'
import { loadFiles } from './files.ts'
import { loadFonts } from './fonts.ts'
import { loadPartials } from './partials.ts'
import { readPrices } from './prices.ts'
import { checkRegion } from './region.ts'
import { readSenders } from './senders.ts'
import { type BrandSettings, brandSchema } from './settings.ts'
import { readSmsRules } from './smsrules.ts'
import { readSource } from './source.ts'
import { loadWording } from './wording.ts'

/**
 * The brand of a kit: `assets/brand.yaml` with the fonts and images it names, `assets/partials/*.hbs` and `assets/text/<locale>.json`.
 * Plain data that survives structured clone. Faults come in this order: brand.yaml from top to bottom, partials, wording.
 */
export async function loadBrand(kit: Kit): Promise<Result<Brand>> {
  const file = kit.get('assets/brand.yaml')
  if (file === undefined) return failed(missingBrand(kit))
  const source = readSource(file)
  if (!source.ok) return source
  const settings = readSettings<BrandSettings>(source.value, brandSchema)
  const partials = loadPartials(kit)
  const wording = loadWording(kit)
  if (!settings.ok) return failed(...settings.faults.map(hintColor), ...faultsOf(partials), ...faultsOf(wording))

  const { value } = settings.value
  const own: Fault[] = [
    ...checkRegion(settings.value),
    ...checkColors(settings.value),
    ...checkCountries(settings.value),
  ]
  const fonts = loadFonts(settings.value, kit)
  const classes = resolveClasses(settings.value)
  // Most of a second of libraries, which a brand without images does without.
  const images =
    value.images === undefined ? done({}) : await (await import('./images.ts')).loadImages(settings.value, kit)
  const files = loadFiles(settings.value, kit)
  const senders = readSenders(settings.value)
  const prices = readPrices(settings.value)
  const sms = readSmsRules(settings.value)
  for (const part of [fonts, classes, images, files, senders, prices, sms]) own.push(...faultsOf(part))
  own.sort((a, b) => (a.place?.line ?? 0) - (b.place?.line ?? 0) || (a.place?.column ?? 0) - (b.place?.column ?? 0))
  const faults = [...own, ...faultsOf(partials), ...faultsOf(wording)]
  if (
    !(fonts.ok && classes.ok && images.ok && files.ok && senders.ok && prices.ok && sms.ok && partials.ok && wording.ok)
  )
    return failed(...faults)

  const brand: Brand = {
    name: value.name,
    locale: value.locale,
    currency: value.currency,
    timezone: value.timezone,
    colors: value.colors,
    ...(value.dark === undefined ? {} : { dark: value.dark }),
    fonts: fonts.value,
    classes: classes.value,
    images: images.value,
    ...(value.files === undefined ? {} : { files: files.value }),
    senders: senders.value,
    partials: partials.value,
    wording: wording.value,
    company: value.company ?? {},
    ...(value.style === undefined ? {} : { style: value.style }),
    ...(value.legal === undefined ? {} : { legal: value.legal }),
    ...(prices.value === undefined ? {} : { prices: prices.value }),
    ...(value.mail === undefined ? {} : { mail: value.mail }),
    ...(sms.value === undefined ? {} : { sms: sms.value }),
  }
  return settle(brand, faults)
}

function faultsOf(result: Result<unknown>): readonly Fault[] {
  return result.ok ? [] : result.faults
}

function missingBrand(kit: Kit): Fault {
  const other: KitFile | undefined = [...kit.values()].find(({ name }) => /^assets\/brand\.ya?ml$/i.test(name))
  return {
    code: 'brand.missing',
    message: other === undefined ? 'the brand has no brand.yaml' : `the brand's file is called ${other.name}`,
    place: { file: other?.shown ?? 'assets/brand.yaml' },
    hint:
      other === undefined
        ? 'write assets/brand.yaml, or point assets: of the job at the right folder'
        : 'name it assets/brand.yaml',
  }
}

/** YAML reads an unquoted `#0B6E4F` as a comment, and the setting as empty: say so. */
function hintColor(fault: Fault): Fault {
  if (fault.code !== 'schema.value' || !/^(colors|dark)\./.test(fault.message)) return fault
  return { ...fault, hint: 'write colours in quotes: "#0B6E4F"; without them YAML takes # for a comment' }
}
