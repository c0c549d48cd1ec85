/** Short forms of words that end in a full stop, by language: whether a sentence may end behind them. */

export interface ShortForms {
  /** Something always follows: they end no sentence. Where they are `figured` too, they are units behind a figure. */
  readonly leading: ReadonlySet<string>
  /** They end no sentence before a figure or a value: "No. 5", "500 грн. 20 коп."; before a capital letter they do. */
  readonly figured: ReadonlySet<string>
  /** They end one only before a word that sentences begin with: "U.S. Post", "at 5 p.m. Friday", "Acme Inc. Please pay." */
  readonly named: ReadonlySet<string>
  /** Words that sentences begin with. */
  readonly starters: ReadonlySet<string>
}

type Written = Readonly<Record<keyof ShortForms, string>>

const byLanguage: Readonly<Record<string, Written>> = {
  en: {
    leading: 'mr mrs ms messrs dr prof rev hon gen capt mt vs cf approx incl excl attn a.k.a e.g i.e',
    figured:
      'no nos tel art sect para p pp fig ref acct max min est ext jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thurs fri',
    named: 'st rd ave blvd dept co inc ltd corp bros jr sr a.m p.m ph.d m.d esq',
    starters:
      'a an the this that these those it we you they he she i our your their its his her my if when while where what which how why who please pay thank thanks to in on at for from with by as and but or so no not all any both each after before until since there here now then once call visit see use do let write send contact check read keep open order dear yours best kind',
  },
  de: {
    leading:
      'nr nrn ca bzw bzgl ggf evtl vgl inkl exkl zzgl abzgl gem lt hr hrn fr frl fa fam abt dr prof dipl ing mag geb verw inh chr st sog lfd zzt zt hd z.b z.hd z.zt d.h u.a o.g i.a i.v h.c',
    figured:
      'tel art abs kap abb ziff pos str st s nn max min mwst ust std stk jan feb mrz apr jun jul aug sep sept okt nov dez',
    named: 'mio mrd tsd co inc ltd corp',
    starters:
      'der die das den dem des ein eine einen einem dieser diese dieses wir sie ihr ihre ihren ich er es man bitte danke vielen wenn wann wo wie was wer warum im in am an auf bei bis für mit nach von vor zu zum zur über unter und oder aber auch nur nun jetzt hier dort alle alles kein keine',
  },
  pl: {
    leading: 'ul al pl os św ks mec im dn inż mgr prof dr hab red np tzw tzn tj m.in woj zob por wg ww ds nr',
    figured:
      'art ust tel pkt poz ok godz os lok pl m p r tys mln mld gr szt str min maks kw sty lut mar kwi maj cze lip sie wrz paź lis gru',
    named: 'o.o co inc ltd',
    starters:
      'prosimy dziękujemy proszę jeśli jeżeli gdy kiedy gdzie jak co kto dlaczego w we na do od z ze za po przed przez dla o i a ale lub oraz nie to ten ta te tym tego my wy państwo państwa pan pani twój twoja nasz nasza wszystkie tu tutaj teraz',
  },
  uk: {
    leading: 'вул просп бул пров пл ім див напр смт проф акад доц тов зв т.зв т.е',
    figured:
      'ст стор буд кв оф корп тел см мм км п пп ч пл м с д пр р рр грн коп тис млн млрд год хв шт обл чол гр січ лют бер квіт трав черв лип серп вер жовт лист груд',
    named: 'co inc ltd',
    starters:
      'ми ви ваш ваша ваше ваші наш наша він вона воно вони це цей ця ці будь дякуємо просимо сплатіть якщо коли де як що хто чому у в на до від з із за по перед після для про і й та а але або не усі всі тут тепер',
  },
  ru: {
    leading: 'ул пер просп наб бул им см ср напр проф акад доц тов гр т.е т.к т.н',
    figured:
      'ст стр д кв оф корп тел см мм км п пп ч пл м г гг р руб коп тыс млн млрд мин шт обл чел гр янв февр фев мар апр июн июл авг сент сен окт нояб ноя дек',
    named: 'co inc ltd',
    starters:
      'мы вы ваш ваша ваше ваши наш наша он она оно они это этот эта эти пожалуйста спасибо просим оплатите если когда где как что кто почему у в во на до от с со из за по перед после для о об и а но или не все здесь теперь',
  },
}

const together = (languages: readonly string[]): ShortForms => {
  const set = (kind: keyof ShortForms): ReadonlySet<string> =>
    new Set(languages.flatMap(language => byLanguage[language]?.[kind].split(' ') ?? []))
  return { leading: set('leading'), figured: set('figured'), named: set('named'), starters: set('starters') }
}

const known = new Map<string, ShortForms>()

/** Those of a language, by its locale; those of all languages together where nothing is known of it. */
export function shortForms(locale: string): ShortForms {
  const language = locale.split('-')[0] ?? ''
  const name = Object.hasOwn(byLanguage, language) ? language : ''
  let forms = known.get(name)
  if (forms === undefined) {
    forms = together(name === '' ? Object.keys(byLanguage) : [name])
    known.set(name, forms)
  }
  return forms
}
