/** Settings of brand.yaml that are written by country: prices, and what is known of text messages there. */
import type { Fault } from '../model/index.ts'
import { isObject, notCountries } from '../schema/index.ts'
import type { CheckedSettings } from './settings.ts'

/** Names that are no country's: a price or a sender under `UK` would never apply. Faults: `schema.unknown`. */
export function checkCountries({ value, at }: CheckedSettings): Fault[] {
  const { currency: _, ...channels } = value.prices ?? {}
  const maps: (readonly [readonly string[], object])[] = [[['sms', 'countries'], value.sms?.countries ?? {}]]
  for (const [channel, units] of Object.entries(channels))
    for (const [unit, price] of Object.entries(units as object))
      if (isObject(price)) maps.push([['prices', channel, unit], price])
  return maps.flatMap(([steps, byCountry]) =>
    notCountries(Object.keys(byCountry), { below: steps.join('.'), at: code => at([...steps, code]) }),
  )
}
