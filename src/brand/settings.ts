/** What brand.yaml may say: its JSON Schema, and the shape that has passed it. */
import { type InboxRules, type JsonSchema, mailClients, mailWarnings, type SmsCountry } from '../model/index.ts'
import type { Settings } from '../schema/index.ts'

/** brand.yaml as parsed and checked by `brandSchema`; names (colours, files, locales) are not looked up yet. */
export interface BrandSettings {
  readonly name: string
  readonly locale: string
  readonly currency: string
  readonly timezone: string
  readonly colors: Readonly<Record<string, string>>
  readonly dark?: Readonly<Record<string, string>>
  readonly fonts: Readonly<Record<string, FontSettings>>
  readonly classes?: Readonly<Record<string, ClassSettings>>
  readonly images?: Readonly<Record<string, string | ImageSettings>>
  readonly files?: Readonly<Record<string, string>>
  readonly senders?: {
    readonly email?: { readonly name: string; readonly address: string; readonly replyTo?: string }
    readonly sms?: string | number
  }
  readonly company?: Readonly<Record<string, string | readonly string[]>>
  readonly style?: Readonly<Record<string, StyleSettings>>
  readonly legal?: Readonly<Record<string, string>>
  readonly prices?: Readonly<Record<string, string | ChannelPriceSettings>>
  readonly mail?: InboxRules
  readonly sms?: {
    readonly countries?: Readonly<Record<string, Omit<SmsCountry, 'sender'> & { readonly sender?: string | number }>>
  }
}

/** brand.yaml with the places of its settings, as the parts of this room are handed it. */
export type CheckedSettings = Settings<BrandSettings>

export interface FontSettings {
  readonly regular: string
  readonly bold?: string
  readonly italic?: string
  readonly boldItalic?: string
  readonly fallback?: readonly string[]
  readonly mail?: string
}

/** Attributes by name; `email` holds those that are laid over in mail. */
export type ClassSettings = Readonly<Record<string, string | number | Readonly<Record<string, string | number>>>>

export interface ImageSettings {
  readonly file: string
  readonly width?: string
}

export interface StyleSettings {
  readonly prefer?: Readonly<Record<string, readonly string[]>>
  readonly avoid?: readonly string[]
  readonly spelling?: readonly string[]
  readonly address?: string
  readonly maxWordsPerSentence?: number
}

/** Prices of one channel: one for all, or by country. */
export type ChannelPriceSettings = Readonly<Record<string, string | number | Readonly<Record<string, string | number>>>>

const text = { type: 'string', minLength: 1 } as const
const texts = { type: 'array', items: text } as const
const color = {
  type: 'string',
  pattern: '^#[0-9A-Fa-f]{6}$',
  maxLength: 7,
  description: 'a colour such as "#0B6E4F" (in quotes)',
} as const
const colors = { type: 'object', additionalProperties: color } as const
const amount = {
  type: ['string', 'integer'],
  format: 'decimal',
  minimum: 0,
  pattern: '^[^-]',
  maxLength: 30,
  description: 'an amount of zero or more, such as 0.034',
} as const
const price = {
  type: ['string', 'integer', 'object'],
  format: 'decimal',
  minimum: 0,
  pattern: '^[^-]',
  maxLength: 30,
  description: 'an amount such as 0.04, or amounts by country: { GB: 0.034, UA: 0.098, other: 0.12 }',
  propertyNames: {
    pattern: '^([A-Z]{2}|other)$',
    maxLength: 5,
    description: 'a country in two capital letters, such as GB, or other',
  },
  additionalProperties: amount,
} as const
const attribute = { type: ['string', 'integer'] } as const

/** JSON Schema (2020-12) of brand.yaml. */
export const brandSchema: JsonSchema = {
  type: 'object',
  required: ['name', 'locale', 'currency', 'timezone', 'colors', 'fonts'],
  additionalProperties: false,
  properties: {
    name: text,
    locale: text,
    currency: text,
    timezone: text,
    colors,
    dark: colors,
    fonts: {
      type: 'object',
      required: ['text'],
      additionalProperties: {
        type: 'object',
        required: ['regular'],
        additionalProperties: false,
        properties: { regular: text, bold: text, italic: text, boldItalic: text, fallback: texts, mail: text },
      },
    },
    classes: {
      type: 'object',
      additionalProperties: {
        type: 'object',
        properties: { email: { type: 'object', additionalProperties: attribute } },
        additionalProperties: attribute,
      },
    },
    images: {
      type: 'object',
      additionalProperties: {
        type: ['string', 'object'],
        minLength: 1,
        required: ['file'],
        additionalProperties: false,
        properties: { file: text, width: text },
      },
    },
    files: { type: 'object', additionalProperties: text },
    senders: {
      type: 'object',
      additionalProperties: false,
      properties: {
        email: {
          type: 'object',
          required: ['name', 'address'],
          additionalProperties: false,
          properties: {
            name: { ...text, maxLength: 100 },
            address: { type: 'string', format: 'email' },
            replyTo: { type: 'string', format: 'email' },
          },
        },
        sms: { type: ['string', 'integer'] },
      },
    },
    company: { type: 'object', additionalProperties: { type: ['string', 'array'], items: { type: 'string' } } },
    legal: { type: 'object', additionalProperties: text },
    style: {
      type: 'object',
      propertyNames: { pattern: '^([*]|[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*)$', maxLength: 35 },
      additionalProperties: {
        type: 'object',
        additionalProperties: false,
        properties: {
          prefer: { type: 'object', additionalProperties: texts },
          avoid: texts,
          spelling: texts,
          address: text,
          maxWordsPerSentence: { type: 'integer', minimum: 1 },
        },
      },
    },
    prices: {
      type: 'object',
      description: 'what pieces cost, by channel: for a piece, for a page, for a part of a text message',
      properties: { currency: text },
      additionalProperties: {
        type: 'object',
        additionalProperties: false,
        properties: { piece: price, page: price, part: price },
      },
    },
    mail: {
      type: 'object',
      description: 'which mail programs mail is held against, and what is lived with',
      additionalProperties: false,
      properties: {
        clients: { type: 'array', items: { type: 'string', enum: [...mailClients] } },
        accept: { type: 'array', items: { type: 'string', enum: [...mailWarnings] } },
      },
    },
    sms: {
      type: 'object',
      description: 'what is known of countries that text messages go to: the sender there, and what is asked of it',
      additionalProperties: false,
      properties: {
        countries: {
          type: 'object',
          propertyNames: {
            pattern: '^[A-Z]{2}$',
            maxLength: 2,
            description: 'a country in two capital letters, such as GB',
          },
          additionalProperties: {
            type: 'object',
            additionalProperties: false,
            properties: {
              sender: { type: ['string', 'integer'] },
              letters: { enum: ['shown', 'register', 'hidden'] },
              optOut: { ...text, maxLength: 100 },
            },
          },
        },
      },
    },
  },
}
