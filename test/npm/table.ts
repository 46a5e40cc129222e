/** The table: popular packages of npm, each with the ways it is used here. */
import { bytes } from './areas/bytes';
import { cryptography } from './areas/cryptography';
import { dates } from './areas/dates';
import { graphics } from './areas/graphics';
import { userInterface } from './areas/interface';
import { language } from './areas/language';
import { languages } from './areas/languages';
import { markup } from './areas/markup';
import { network } from './areas/network';
import { numbers } from './areas/numbers';
import { parsing } from './areas/parsing';
import { schemas } from './areas/schemas';
import { state } from './areas/state';
import { text } from './areas/text';
import type { Use } from './use';

/** All uses by their area. */
export const table: Readonly<Record<string, readonly Use[]>> = {
  'user interfaces': userInterface,
  state,
  language,
  dates,
  numbers,
  schemas,
  markup,
  graphics,
  cryptography,
  bytes,
  parsing,
  languages,
  network,
  text,
};

/** All uses in the order of the table. */
export const uses: readonly Use[] = Object.values(table).flat();
