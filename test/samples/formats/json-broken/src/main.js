import data from './data.json';
result(data);
