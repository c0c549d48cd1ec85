/** The files of a template that make a mail. */
export const page = 'email.mjml.hbs'
/** A plain part of the template's own. */
export const ownText = 'email.txt.hbs'
/** Holds the address by which a recipient leaves the list. */
export const unsubscribeFile = 'email.unsubscribe.hbs'
