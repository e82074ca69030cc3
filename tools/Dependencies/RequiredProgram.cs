// The programs that are needed, what for, and the Debian packages that bring them.

namespace Nestor.Tools.Dependencies;

public sealed record RequiredProgram(string Name, Purpose Purpose, params string[] Packages)
{
    public const string Qemu = "qemu-system-aarch64";

    public static IReadOnlyList<RequiredProgram> All { get; } =
    [
        new("ld.lld", Purpose.Build, "lld"),
        new("llvm-dwarfdump", Purpose.Build, "llvm"),
        new("llvm-mc", Purpose.Build, "llvm"),
        new("llvm-objcopy", Purpose.Build, "llvm"),
        new("llvm-objdump", Purpose.Build, "llvm"),
        new(Qemu, Purpose.Run, "qemu-system-arm", "ipxe-qemu"),
        new("gdb-multiarch", Purpose.Debug, "gdb-multiarch"),
        new("aarch64-linux-gnu-gcc", Purpose.Selftests, "gcc-aarch64-linux-gnu", "libc6-dev-arm64-cross"),
        new("gcc", Purpose.Selftests, "gcc", "libc6-dev"),
        new("make", Purpose.Selftests, "make"),
        new("tar", Purpose.Selftests, "tar"),
        new("xz", Purpose.Selftests, "xz-utils"),
    ];
}
