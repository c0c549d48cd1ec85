/** References to characters, by which programs escape text for HTML: where nothing unescapes them, readers see them. */

/** HTML Living Standard §13.5: by number, and those names that programs write. Global: for `match` and `matchAll`. */
export const characterReference =
  /&(?:#\d{1,7}|#x[\da-f]{1,6}|amp|lt|gt|quot|apos|nbsp|shy|euro|pound|copy|reg|hellip|[mn]dash|[lr][ad]quo|[lrb][sd]quo|szlig|[a-z](?:uml|acute|grave|circ|tilde|cedil|ring|caron));/gi
