/** Mistakes in mails: their MJML, and data that makes mails which must not go out. */
import type { Factory } from '../../run/factory.ts'
import type { Mistake } from './mistake.ts'

const mail = 'templates/bill/email.mjml.hbs'
const head = 'templates/bill/template.yaml'

/** Pressing MJML takes most of a second. */
const pressedOnce = 'email.recipient shows that run presses what check presses'

/** Writes something else in place of the first text of the mail, line 5. */
const body = (mjml: string) => ({
  make: (f: Factory): void => f.mend(mail, '<mj-text>{{customer.name}}</mj-text>', mjml),
})

export const email: readonly Mistake[] = [
  {
    what: 'a class that the brand does not have',
    code: 'email.class',
    ...body('<mj-text mj-class="mutd">{{customer.name}}</mj-text>'),
    exit: 2,
    says: 'templates/bill/email.mjml.hbs:5:16: the brand has no class "mutd"',
    hint: 'did you mean "muted"?',
  },
  {
    what: 'a colour of the brand where HTML has its own',
    code: 'email.color',
    ...body('<mj-text><b style="color:muted">{{customer.name}}</b></mj-text>'),
    exit: 2,
    says: 'templates/bill/email.mjml.hbs:5:32: "muted" is no colour of HTML and CSS',
    hint: 'the brand has a colour muted; write {{brand.colors.muted}}',
  },
  {
    what: 'an image that the brand does not have',
    code: 'email.image',
    make: f => {
      f.mend('assets/brand.yaml', 'senders:', 'images: { logo: logo.svg }\nsenders:')
      f.write('assets/logo.svg', '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"/>')
      body('<mj-image src="brand:lgoo" alt="Nord" />').make(f)
    },
    exit: 2,
    says: 'templates/bill/email.mjml.hbs:5:17: the brand has no image "lgoo"',
    hint: 'did you mean "logo"?',
  },
  {
    what: 'a link without a scheme',
    code: 'email.link',
    ...body('<mj-text><a href="www.nord.example/pay">pay</a></mj-text>'),
    exit: 2,
    says: 'templates/bill/email.mjml.hbs:5:19: an address in href is not whole: it has no scheme',
    hint: 'links begin with https:, http:, mailto:, tel: or sms:',
  },
  {
    what: 'data that mail programs make a link of, in the words of a button',
    code: 'email.link',
    unrun: pressedOnce,
    make: f => {
      f.write('data/bills.csv', f.read('data/bills.csv').replaceAll('Item 1', 'pay at evil.com'))
      body('<mj-button href="https://nord.example/pay">{{#each lines}}{{item}}{{/each}}</mj-button>').make(f)
    },
    exit: 5,
    says: 'data/bills.csv:2: lines.0.item brings something into the mail that looks like a link',
    hint: 'mend the data (a blank behind a full stop), write it inside <a href="{{url …}}">, or allow a host or product of yours in template.yaml: channels: { email: { links: [HOST] } }, for each channel that shows it',
  },
  {
    what: 'an address in the data that is none',
    code: 'template.value',
    unrun: pressedOnce,
    make: f => {
      f.write('data/bills.csv', f.read('data/bills.csv').replaceAll('Item 1', 'nord.example/pay'))
      body('<mj-text>{{#each lines}}<a href="{{url item}}">pay</a>{{/each}}</mj-text>').make(f)
    },
    exit: 5,
    says: 'data/bills.csv:2: {{url item}} is not an http, https, mailto or tel address (templates/bill/email.mjml.hbs)',
    hint: 'mend the data, or let schema.json refuse what cannot be shown',
  },
  {
    what: 'an image that mail programs do not fetch',
    code: 'email.link',
    ...body('<mj-image src="http://nord.example/logo.png" alt="Nord" />'),
    exit: 2,
    says: 'templates/bill/email.mjml.hbs:5:17: an address in src has a scheme that is not taken in mail: "http"',
    hint: 'images are src="brand:NAME" or begin with https:',
  },
  {
    what: 'an MJML element that does not exist',
    code: 'email.markup',
    ...body('<mj-txt>{{customer.name}}</mj-txt>'),
    exit: 2,
    says: 'templates/bill/email.mjml.hbs:5:7: <mj-txt> is no component of MJML',
    hint: 'did you mean "mj-text"?',
  },
  {
    what: 'HTML between components',
    code: 'email.markup',
    ...body('<p>{{customer.name}}</p>'),
    exit: 2,
    says: 'templates/bill/email.mjml.hbs:5:7: <p> is no component of MJML',
    hint: 'HTML stands inside mj-text, mj-table or mj-raw',
  },
  {
    what: 'an element that is not closed',
    code: 'email.markup',
    make: f => f.mend(mail, '</mj-column>', ''),
    exit: 2,
    says: 'templates/bill/email.mjml.hbs:7:5: </mj-section> closes <mj-column>',
    hint: 'close <mj-column> of line 4 first',
  },
  {
    what: 'an end that is misspelt',
    code: 'email.markup',
    ...body('<mj-table><tr><td>{{customer.name}}</td></tr></mj-tabel>'),
    exit: 2,
    says: 'templates/bill/email.mjml.hbs:5:52: </mj-tabel> is no end of <mj-table>',
    hint: 'did you mean "mj-table"?',
  },
  {
    what: 'a button inside a text',
    code: 'email.markup',
    ...body('<mj-text>{{customer.name}} <mj-button href="https://nord.example">Pay</mj-button></mj-text>'),
    exit: 2,
    says: 'templates/bill/email.mjml.hbs:5:34: <mj-button> stands in <mj-text>, where it is no component',
    hint: 'close <mj-text> of line 5 first, or write HTML',
  },
  {
    what: 'text between components',
    code: 'email.markup',
    ...body('Dear customer'),
    exit: 2,
    says: 'templates/bill/email.mjml.hbs:5:7: text stands in mj-column, where mail would not show it',
    hint: 'put it into mj-text',
  },
  {
    what: 'a text straight in a section',
    code: 'email.markup',
    unrun: pressedOnce,
    make: f => f.mend(mail, '<mj-section><mj-column>', '<mj-section><mj-text>Dear customer</mj-text><mj-column>'),
    exit: 2,
    says: 'templates/bill/email.mjml.hbs:4:17: mj-text cannot be used inside mj-section, only inside: mj-column, mj-hero',
    hint: 'put it into mj-column or mj-hero',
  },
  {
    what: 'an attribute that MJML does not have',
    code: 'email.markup',
    unrun: pressedOnce,
    ...body('<mj-text colour="red">{{customer.name}}</mj-text>'),
    exit: 2,
    says: 'templates/bill/email.mjml.hbs:5:16: mj-text has no attribute "colour"',
    hint: 'did you mean "color"?',
  },
  {
    what: 'a component with random ids',
    code: 'email.markup',
    ...body('<mj-carousel></mj-carousel>'),
    exit: 2,
    says: 'templates/bill/email.mjml.hbs:5:7: mj-carousel is not taken: it is given random ids',
    hint: 'use mj-image, mj-text or mj-button',
  },
  {
    what: 'an include',
    code: 'email.markup',
    ...body('<mj-include path="footer.mjml" />'),
    exit: 2,
    says: 'templates/bill/email.mjml.hbs:5:7: mj-include is not taken',
    hint: 'put the block into assets/partials and write {{> name}}',
  },
  {
    what: 'two addresses where one stands',
    code: 'email.recipient',
    make: f => {
      f.mend('templates/bill/schema.json', '"format": "email", ', '')
      f.write(
        'data/bills.csv',
        f.read('data/bills.csv').replaceAll('customer1@example.com', 'a@example.com b@example.com'),
      )
    },
    exit: 5,
    says: "data/bills.csv:2: the recipient's mail address is more than one, or has something beside it",
    hint: 'write it like olena@example.org, without name, list or blanks; or let clean.js empty it, and the other channels are made',
  },
  {
    what: 'a brand without a sender of mails',
    code: 'email.sender',
    unrun: pressedOnce,
    make: f => f.mend('assets/brand.yaml', 'email: { name: Nord & Sohn, address: billing@nord.example }, ', ''),
    exit: 2,
    says: 'templates/bill/email.mjml.hbs: the brand has no sender of mails',
    hint: 'add senders.email with name and address to brand.yaml',
  },
  {
    what: 'an icon that shares our page of a network',
    code: 'email.share',
    unrun: pressedOnce,
    make: f =>
      f.mend(
        'templates/bill/email.mjml.hbs',
        '<mj-text>{{customer.name}}</mj-text>',
        '<mj-social><mj-social-element name="facebook" href="https://www.facebook.com/nord">Us</mj-social-element></mj-social>',
      ),
    exit: 0,
    says: 'templates/bill/email.mjml.hbs:5:53: the icon facebook shares https://www.facebook.com/nord instead of leading there',
    hint: 'write name="facebook-noshare"',
    also: ['email.remote'],
  },
  {
    what: 'a mail longer than mail programs show',
    code: 'email.size',
    unrun: pressedOnce,
    ...body(`<mj-text>${'All terms and conditions apply. '.repeat(3300)}</mj-text>`),
    exit: 5,
    says: "data/bills.csv:2: the mail's HTML has 109221 bytes, and mail programs cut it off at 100000",
    hint: 'show fewer rows in the mail and enclose the whole document with attach: pdf',
  },
  {
    what: 'a mail without a subject',
    code: 'email.subject',
    make: f => f.mend(mail, "<mj-title>{{t 'title' number=number}}</mj-title>", ''),
    exit: 2,
    says: 'templates/bill/email.mjml.hbs:1:1: the mail has no mj-title, which is its subject',
    hint: 'write <mj-head><mj-title>Invoice {{number}}</mj-title></mj-head>',
  },
  {
    what: 'a subject that says nothing for some',
    code: 'email.subject',
    unrun: pressedOnce,
    make: f => f.mend(mail, "{{t 'title' number=number}}", '{{#if (eq number "B-2")}}Bill{{/if}}'),
    exit: 5,
    says: 'data/bills.csv:2: the subject is empty',
    hint: 'see mj-title in email.mjml.hbs',
  },
  {
    what: 'a value that chooses a colour',
    code: 'email.tag',
    ...body('<mj-text color="{{number}}">x</mj-text>'),
    exit: 2,
    says: 'templates/bill/email.mjml.hbs:5:16: "{{number}}" stands in color of mj-text, which MJML compiles only once',
    hint: 'use an mj-class of brand.yaml, or write the component twice, in {{#if}} and {{else}}',
  },
  {
    what: 'a condition inside of a declaration',
    code: 'email.tag',
    ...body('<mj-text><b style="color:{{#if number}}red{{/if}}">x</b></mj-text>'),
    exit: 2,
    says: 'templates/bill/email.mjml.hbs:5:19: a block in style cuts a declaration in two',
    hint: 'write whole declarations, each with its end: style="margin:0; {{#if late}}color:#b00020;{{/if}}"',
  },
  {
    what: 'a condition that ends in another component',
    code: 'email.tag',
    ...body('<mj-text>{{#if number}}a</mj-text><mj-text>b{{/if}}</mj-text>'),
    exit: 2,
    says: 'templates/bill/email.mjml.hbs:5:16: "{{#if number}}" is opened in mj-text and closed elsewhere',
    hint: 'put the whole block inside the text of a component, or around whole components',
  },
  {
    what: 'a condition around half of a component',
    code: 'email.tag',
    make: f => f.mend(mail, '<mj-head>', '{{#if number}}<mj-head>{{/if}}'),
    exit: 2,
    says: 'templates/bill/email.mjml.hbs:2:3: "{{#if number}}" stands in mjml, where MJML loses it',
    hint: 'put it inside mj-body, or inside the text it decides about',
  },
  {
    what: 'a value between sections',
    code: 'email.tag',
    make: f => f.mend(mail, '<mj-body>', '<mj-body>{{number}}'),
    exit: 2,
    says: 'templates/bill/email.mjml.hbs:3:12: "{{number}}" stands in mj-body, where MJML loses it',
    hint: 'put it into mj-text',
  },
  {
    what: 'a plain part that is empty',
    code: 'email.text',
    unrun: pressedOnce,
    make: f => f.write('templates/bill/email.txt.hbs', '\n'),
    exit: 2,
    says: 'templates/bill/email.txt.hbs:1:1: the plain part is empty',
    hint: 'write it, or remove the file: it is then derived from the HTML',
  },
  {
    what: 'a partial with arguments, and no plain part',
    code: 'email.text',
    unrun: pressedOnce,
    make: f => {
      f.write('assets/partials/terms.hbs', 'Pay within {{days}} days')
      body('<mj-text>{{> terms days="14"}}</mj-text>').make(f)
    },
    exit: 2,
    says: 'templates/bill/email.mjml.hbs:5:16: the plain part cannot be derived from "{{> terms days="14"}}"',
    hint: 'write the plain part as email.txt.hbs, or use a partial without arguments that does not include itself',
  },
  {
    what: 'marketing without an address to unsubscribe at',
    code: 'email.unsubscribe',
    unrun: pressedOnce,
    make: f => {
      f.mend(head, 'version: 1', 'version: 1\npurpose: marketing\nconsent: agreed')
      f.mend('templates/bill/schema.json', '"properties": {', '"properties": {\n    "agreed": { "type": "boolean" },')
    },
    asked: { channels: ['email'] },
    exit: 2,
    says: 'templates/bill/email.mjml.hbs: the mail is marked as marketing and has no address to unsubscribe at',
    hint: 'write it as email.unsubscribe.hbs: {{url brand.company.unsubscribe}}/{{urlPart customer.token}}, the token hard to guess',
  },
  {
    what: 'a fact that a mail shows only in its preview',
    code: 'run.template',
    make: f => f.mend('templates/bill/email.mjml.hbs', "<mj-text>{{t 'total' amount=(fact 'total')}} (", '<mj-text>('),
    exit: 2,
    says: 'templates/bill/email.mjml.hbs:2:92: the fact total is said to be on email, and the template shows it only where not every reader sees it',
    hint: "write {{fact 'total'}} in the text of email, not in an address, a comment, a preview, an alt text, a closed accordion or what is hidden at some width, or take email out of its on:",
  },
  {
    what: 'a fact that a style sheet of a mail hides',
    code: 'run.template',
    make: f => {
      f.mend('templates/bill/email.mjml.hbs', "<mj-text>{{t 'total'", `<mj-text css-class="mob">{{t 'total'`)
      f.mend('templates/bill/email.mjml.hbs', '</mj-head>', '<mj-style>.mob div{display:none}</mj-style></mj-head>')
    },
    exit: 2,
    says: 'templates/bill/email.mjml.hbs:2:92: the fact total is said to be on email, and the template shows it only where not every reader sees it',
    hint: "write {{fact 'total'}} in the text of email, not in an address, a comment, a preview, an alt text, a closed accordion or what is hidden at some width, or take email out of its on:",
  },
  {
    what: 'a fact that a style sheet of a mail may hide',
    code: 'run.template',
    make: f => {
      f.mend('templates/bill/email.mjml.hbs', "<mj-text>{{t 'total'", `<mj-text css-class="mob">{{t 'total'`)
      f.mend(
        'templates/bill/email.mjml.hbs',
        '</mj-head>',
        '<mj-style>.mob\ndiv:nth-child(2){display:none}</mj-style></mj-head>',
      )
    },
    exit: 2,
    says: 'templates/bill/email.mjml.hbs:2:92: the fact total is said to be on email, and the template shows it only where not every reader sees it',
    hint: "write {{fact 'total'}} in the text of email, not in an address, a comment, a preview, an alt text, a closed accordion or what is hidden at some width, or take email out of its on:; a rule that is not read whole, or holds for some readers alone, may hide it: .mob div:nth-child(2) (templates/bill/email.mjml.hbs:2); write classes in place of what is like :nth-child(2), and hide nothing that has to be read",
  },
  {
    what: 'a fact that the plain part of a mail lacks',
    code: 'run.template',
    make: f => f.write('templates/bill/email.txt.hbs', "To pay: {{fact 'total'}}"),
    exit: 2,
    says: 'templates/bill/email.txt.hbs: the fact number is said to be on email, and email.txt.hbs does not show it there',
    hint: "write {{fact 'number'}} in the text of email, or take email out of its on:",
  },
]
