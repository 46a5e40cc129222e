result('never');
