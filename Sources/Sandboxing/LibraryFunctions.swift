import Glibc

/// Functions of the C library that Swift's module for it leaves out, found at run time.
///
/// All are in glibc 2.34 and later; where one is older, its absence has a substitute or an error.
enum LibraryFunctions {
  typealias Actions = UnsafeMutablePointer<posix_spawn_file_actions_t>
  typealias CloseFrom = @convention(c) (Actions, CInt) -> CInt
  typealias ChangeDirectory = @convention(c) (Actions, UnsafePointer<CChar>) -> CInt
  typealias MemoryFile = @convention(c) (UnsafePointer<CChar>, CUnsignedInt) -> CInt
  typealias Pipe = @convention(c) (UnsafeMutablePointer<CInt>, CInt) -> CInt

  static let closeFrom = find("posix_spawn_file_actions_addclosefrom_np", as: CloseFrom.self)
  static let changeDirectory = find(
    "posix_spawn_file_actions_addchdir_np", as: ChangeDirectory.self)
  static let memoryFile = find("memfd_create", as: MemoryFile.self)
  static let pipe = find("pipe2", as: Pipe.self)

  private static func find<Function>(_ name: String, as type: Function.Type) -> Function? {
    dlsym(nil, name).map { unsafeBitCast($0, to: type) }
  }
}
