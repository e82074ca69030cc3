// Nestor needs no launcher: this is the line of the README that a user may type by hand, in the root of the repository.
using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Nestor.Tests.Harness;
using Nestor.Tools.Guests;
using Nestor.Tools.Support;
using Xunit;

namespace Nestor.Tests.Qemu;

public sealed class TypedLineTests
{
    /// <summary>As it stands in the README.</summary>
    public const string Line = """
        qemu-system-aarch64 -M virt,virtualization=on,gic-version=3 -cpu max -smp 2 -m 2G \
            -nodefaults -display none -serial mon:stdio -no-reboot \
            -kernel out/nestor -append "guest=debian cpus=2 memory=1G" \
            -device guest-loader,addr=0x4a000000,kernel=out/guests/linux-6.12,bootargs=console=ttyAMA0 \
            -device guest-loader,addr=0x4e000000,initrd=out/guests/initramfs.cpio
        """;

    [Fact]
    public void Is_the_line_of_the_README()
    {
        string readme = File.ReadAllText(Path.Combine(RepositoryRoot.Path, "README.md"));
        Assert.Contains(Unindented(Line), Unindented(readme), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Category", "Slow")]
    public async Task Boots_a_guest_to_its_shell()
    {
        GuestStore guests = new();
        guests.Ensure(GuestKind.Linux612);
        guests.Ensure(GuestKind.Initramfs);

        using Command qemu = Command.Start(TimeSpan.FromSeconds(120), "bash", "-c", Line);
        await qemu.ExpectAsync("debian (EL2, 2 vCPUs, 1024 MiB)");
        await qemu.ExpectAsync("VHE mode initialized successfully");
        await qemu.ExpectAsync("nestor# ");
        await qemu.SendAsync("echo $((6*7))x\n");
        await qemu.ExpectAsync("\n42x\n");
        await qemu.SendAsync("poweroff -f\n");
        Assert.Equal(0, await qemu.WaitForExitAsync());
    }

    private static string Unindented(string text) => string.Join('\n', text.Split('\n').Select(line => line.Trim()));
}
