@main struct N { static func main() {} }
