export default class {
  static name = 'own';
}
