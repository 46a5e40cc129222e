/** Material UI from its main module: a plan of beds. */
import {
  Button,
  Chip,
  createTheme,
  Paper,
  Slider,
  Stack,
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableRow,
  ThemeProvider,
  Typography,
} from '@mui/material';
import { createElement as h, useState } from 'react';
import { seeds } from '../data/seeds.js';
import { Page } from '../lib/page.js';

const theme = createTheme({ palette: { primary: { main: '#2f6b3c' } } });
const vegetables = seeds.filter(({ kind }) => kind === 'vegetable');

/** Rows of plants that fit into the beds, 40 cm each. */
const rowsIn = (beds, width) => Math.floor((beds * width) / 40);

function Plan({ rows }) {
  return h(
    Table,
    { size: 'small', 'aria-label': 'Plan' },
    h(TableHead, null, h(TableRow, null, h(TableCell, null, 'Plant'), h(TableCell, null, 'Rows'))),
    h(
      TableBody,
      null,
      vegetables.map(({ sku, name }, position) => {
        const share = Math.floor((rows + position) / vegetables.length);
        return h(
          TableRow,
          { key: sku },
          h(TableCell, null, name),
          h(TableCell, null, h(Chip, { label: share, size: 'small', color: share ? 'primary' : 'default' })),
        );
      }),
    ),
  );
}

export default function Beds() {
  const [beds, setBeds] = useState(2);
  const [width, setWidth] = useState(120);
  const rows = rowsIn(beds, width);
  return h(
    ThemeProvider,
    { theme },
    h(
      Page,
      { title: 'Beds', about: 'How many rows fit, and what goes into them.' },
      h(
        Paper,
        { sx: { padding: 2 } },
        h(Typography, { id: 'rows', variant: 'h5', component: 'p' }, `${beds} beds, ${rows} rows`),
        h(
          Stack,
          { direction: 'row', spacing: 4 },
          h(Slider, {
            'aria-label': 'Width in cm',
            min: 40,
            max: 200,
            step: 40,
            value: width,
            onChange: (_event, value) => setWidth(value),
          }),
          h(Button, { id: 'add-bed', variant: 'contained', onClick: () => setBeds(beds + 1) }, 'Add a bed'),
        ),
        h(Plan, { rows }),
      ),
    ),
  );
}
