result('c');
