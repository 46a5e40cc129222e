import './throws';
result('never');
export {};
