// The stock guests below out/guests: fetched once from Debian's packages, checked, then only looked at.
// Several processes may ask at once (tests do), so fetching happens under a lock and a file appears
// under its name only when it is whole.
using Nestor.Tools.Launch;
using Nestor.Tools.Support;

namespace Nestor.Tools.Guests;

public sealed class GuestStore
{
    private readonly string _directory;

    public GuestStore(string? directory = null) => _directory = directory ?? RepositoryRoot.Out("guests");

    /// <summary>Makes sure that the file is there and gives its path.</summary>
    public string Ensure(GuestKind kind)
    {
        if (kind == GuestKind.Initramfs)
        {
            return EnsureBuilt("initramfs.cpio", Initramfs.Build(Busybox()));
        }

        if (kind == GuestKind.VmmInitramfs)
        {
            return EnsureBuilt("vmm-initramfs.cpio", VmmInitramfs.Build(Busybox(), EnsureVmmParts()));
        }

        if (kind == GuestKind.Dom0Initramfs)
        {
            return EnsureBuilt("dom0-initramfs.cpio", Dom0Initramfs.Build(Busybox(), EnsureDom0Parts()));
        }

        if (kind == GuestKind.Dom0Kernel)
        {
            return Path.Combine(EnsureDom0Parts(), Dom0Initramfs.Kernel);
        }

        Stock stock = Stock.Of(kind);
        string path = Path.Combine(_directory, stock.FileName);
        if (!File.Exists(path))
        {
            using FileStream held = Lock();
            if (!File.Exists(path))
            {
                Progress.Step($"fetching {stock.FileName} ({stock.Package})", () => Fetch(stock, path));
            }
        }

        return path;
    }

    public void EnsureAll()
    {
        foreach (GuestKind kind in Enum.GetValues<GuestKind>())
        {
            Ensure(kind);
        }
    }

    private byte[] Busybox() => File.ReadAllBytes(Ensure(GuestKind.Busybox));

    // What follows from other files is made each time, and written where it differs.
    private string EnsureBuilt(string name, byte[] bytes)
    {
        string path = Path.Combine(_directory, name);
        if (IsThere())
        {
            return path;                                // also where nothing can be written
        }

        using FileStream held = Lock();
        if (!IsThere())
        {
            Publish(bytes, path, isKernel: false);
        }

        return path;

        bool IsThere() => File.Exists(path) && File.ReadAllBytes(path).AsSpan().SequenceEqual(bytes);
    }

    private string EnsureVmmParts() => EnsureParts("vmm", "QEMU for guest hypervisors (qemu-system-arm)", VmmParts.Fetch);

    private string EnsureDom0Parts() => EnsureParts("dom0", "Xen's tools for a dom0 (xen-utils-4.17)", Dom0Parts.Fetch);

    private string EnsureParts(string name, string description, Action<AptRoot, string, string> fetch)
    {
        string path = Path.Combine(_directory, name);
        if (!Directory.Exists(path))
        {
            using FileStream held = Lock();
            if (!Directory.Exists(path))
            {
                Progress.Step($"fetching {description}", () => Unpack((apt, unpacked) => fetch(apt, unpacked, path)));
            }
        }

        return path;
    }

    private void Fetch(Stock stock, string path) => Unpack((apt, unpacked) =>
    {
        apt.Extract(stock.Package, stock.Series, unpacked);
        string found = Directory.GetFiles(Path.Combine(unpacked, stock.Folder), stock.Pattern).Order(StringComparer.Ordinal).FirstOrDefault()
            ?? throw new UsageException($"package {stock.Package} holds no {stock.Folder}/{stock.Pattern}");
        Publish(Packed.Plain(File.ReadAllBytes(found)), path, stock.IsKernel);
    });

    private void Unpack(Action<AptRoot, string> use)
    {
        string unpacked = Path.Combine(_directory, "unpack");
        FreshDirectory.Make(unpacked);
        use(AptRoot.OfGuests(Path.Combine(_directory, "apt")), unpacked);
        FreshDirectory.Remove(unpacked);
    }

    private static void Publish(ReadOnlySpan<byte> bytes, string path, bool isKernel)
    {
        File.WriteAllBytes(path + ".new", bytes);
        if (isKernel)
        {
            ImageInspector.Kernel(path + ".new");
        }

        File.Move(path + ".new", path, overwrite: true);
    }

    private FileStream Lock() => DirectoryLock.Take(_directory);

    private sealed record Stock(
        string FileName, string Package, string? Series, string Folder, string Pattern, bool IsKernel)
    {
        private static readonly Dictionary<GuestKind, Stock> s_all = new()
        {
            [GuestKind.Linux612] = new("linux-6.12", "linux-image-cloud-arm64", "6.12", "boot", "vmlinuz-*", true),
            [GuestKind.Linux61] = new("linux-6.1", "linux-image-cloud-arm64", "6.1", "boot", "vmlinuz-*", true),
            [GuestKind.Busybox] = new("busybox", "busybox-static", null, "bin", "busybox", false),
            [GuestKind.UBoot] = new("u-boot.bin", "u-boot-qemu", null, "usr/lib/u-boot/qemu_arm64", "u-boot.bin", false),
            [GuestKind.Xen] = new("xen", "xen-hypervisor-4.17-arm64", null, "boot", "xen-4.17-arm64", true),
        };

        public static Stock Of(GuestKind kind) => s_all[kind];
    }
}
