import '../styles/base.css';
import '../styles/visit.css';
import { onMoon } from '../lib/on-moon.js';

const { elements } = document.querySelector('#visit');
const { adults, children, night } = elements;
const euros = new Intl.NumberFormat('en-GB', { style: 'currency', currency: 'EUR' });

const showTotal = () => {
  const total = adults.valueAsNumber * 12 + children.valueAsNumber * 6;
  document.querySelector('#total').value = Number.isNaN(total) ? '' : euros.format(total);
};

night.valueAsDate ??= new Date();
document.querySelector('#visit').addEventListener('input', showTotal);
showTotal();
onMoon(() => night.valueAsDate ?? new Date());
