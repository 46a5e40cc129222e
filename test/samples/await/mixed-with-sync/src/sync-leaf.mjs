result('sync leaf');
