result('first');
