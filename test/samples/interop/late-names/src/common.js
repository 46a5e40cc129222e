class Base {
  method() {
    return 'method';
  }
  get getter() {
    return 'getter';
  }
  come() {
    this.late = 'late';
  }
}
module.exports = new Base();
