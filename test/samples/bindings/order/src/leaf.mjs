result('leaf');
