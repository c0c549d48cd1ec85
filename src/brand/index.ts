/** The brand's room: `assets/` of a kit becomes a Brand. */
export { beginBrand, loadBrand } from './load.ts'
export { brandSchema } from './settings.ts'
