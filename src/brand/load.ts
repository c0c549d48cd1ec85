/** Reads `assets/` of a kit and makes the Brand of it, or says everything that stands in the way. */
import { type Brand, type Fault, failed, type Kit, type KitFile, type Result, settle } from '../model/index.ts'
import { readSettings } from '../schema/index.ts'
import { checkColors, resolveClasses } from './classes.ts'
import { checkCountries } from './countries.ts'
import { loadFiles } from './files.ts'
import { loadFonts } from './fonts.ts'
import { beginImages } from './images.ts'
import { loadPartials } from './partials.ts'
import { readPrices } from './prices.ts'
import { checkRegion } from './region.ts'
import { readSenders } from './senders.ts'
import { type BrandSettings, brandSchema, type CheckedSettings } from './settings.ts'
import { readSmsRules } from './smsrules.ts'
import { readSource } from './source.ts'
import { loadWording } from './wording.ts'

/**
 * The brand of a kit: `assets/brand.yaml` with the fonts and images it names, `assets/partials/*.hbs` and `assets/text/<locale>.json`.
 * Plain data that survives structured clone. Faults come in this order: brand.yaml from top to bottom, partials, wording.
 */
export async function loadBrand(kit: Kit): Promise<Result<Brand>> {
  return beginBrand(kit)()
}

/** The same in two steps: while its images are drawn, which a process of its own does, there is time for something else. */
export function beginBrand(kit: Kit): () => Promise<Result<Brand>> {
  const file = kit.get('assets/brand.yaml')
  if (file === undefined) return async () => failed(missingBrand(kit))
  const source = readSource(file)
  if (!source.ok) return async () => source
  const settings = readSettings<BrandSettings>(source.value, brandSchema)
  const partials = loadPartials(kit)
  const wording = loadWording(kit)
  if (!settings.ok) {
    const faults = [...settings.faults.map(hintColor), ...faultsOf(partials), ...faultsOf(wording)]
    return async () => failed(...faults)
  }

  const images = beginImages(settings.value, kit)
  return async () => dress(settings.value, kit, { partials, wording, images: await images() })
}

interface Parts {
  readonly partials: Result<Brand['partials']>
  readonly wording: Result<Brand['wording']>
  readonly images: Result<Brand['images']>
}

function dress(settings: CheckedSettings, kit: Kit, { partials, wording, images }: Parts): Result<Brand> {
  const { value } = settings
  const own: Fault[] = [...checkRegion(settings), ...checkColors(settings), ...checkCountries(settings)]
  const fonts = loadFonts(settings, kit)
  const classes = resolveClasses(settings)
  const files = loadFiles(settings, kit)
  const senders = readSenders(settings)
  const prices = readPrices(settings)
  const sms = readSmsRules(settings)
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
