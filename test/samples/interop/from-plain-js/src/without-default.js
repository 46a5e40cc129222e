exports.__esModule = true;
