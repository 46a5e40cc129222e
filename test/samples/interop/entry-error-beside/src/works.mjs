result('works');
