import browser from 'pkg';
import module from 'pkg/module';
import mode from 'pkg/mode';
result(browser);
result(module);
result(mode);
