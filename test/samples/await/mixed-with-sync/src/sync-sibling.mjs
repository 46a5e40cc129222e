result('sync sibling');
