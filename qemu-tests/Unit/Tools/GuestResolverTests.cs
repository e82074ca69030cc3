using System;
using System.Collections.Generic;
using System.Linq;
using Nestor.Tools.Guests;
using Nestor.Tools.Launch;
using Nestor.Tools.Support;
using Xunit;

namespace Nestor.Tests.Unit.Tools;

public sealed class GuestResolverTests : IDisposable
{
    private readonly TemporaryFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public void Nothing_asked_for_is_the_stock_guest()
    {
        GuestDescription guest = Resolve(new GuestRequest { Append = "kvm-arm.mode=nvhe" }).Single();
        Assert.Equal("guest", guest.Name);
        Assert.Equal(_files.Path("Linux612"), guest.Kernel);
        Assert.Equal(_files.Path("Initramfs"), guest.Initrd);
        Assert.Equal("console=ttyAMA0 earlycon=pl011,0x9000000 panic=-1 kvm-arm.mode=nvhe", guest.Append);
        Assert.Equal((2, MemorySize.GiB, 2, 2), (guest.Cpus, guest.Memory, guest.El, guest.Nv));
    }

    [Fact]
    public void A_guest_with_a_VMM_has_it_in_its_ramdisk_whatever_its_kernel()
    {
        Assert.Equal(_files.Path("VmmInitramfs"), Resolve(new GuestRequest { HasVmm = true })[0].Initrd);
        Assert.Equal(_files.Path("VmmInitramfs"), Resolve(new GuestRequest { HasVmm = true, Kernel = _files.Arm64Image() })[0].Initrd);
        Refused("vmm is an initrd, and takes no other", new GuestRequest { HasVmm = true, Initrd = _files.Write("initrd", "x") });
        Refused("vmm is an initrd, and takes no other", new GuestRequest { HasVmm = true, Bios = _files.Write("bios", "x") });
    }

    [Fact]
    public void An_own_kernel_gets_only_its_own_words_and_nothing_is_fetched()
    {
        GuestDescription guest = GuestResolver.Resolve(
            [new GuestRequest { Kernel = _files.Arm64Image(), Append = "x" }],
            kind => throw new InvalidOperationException($"fetched {kind}")).Single();
        Assert.Equal("x", guest.Append);
        Assert.Null(guest.Initrd);
    }

    [Fact]
    public void Several_guests_are_numbered() =>
        Assert.Equal(["guest1", "two", "guest3"], Resolve(new(), new() { Name = "two" }, new()).Select(guest => guest.Name));

    [Theory]
    [InlineData(0, null, null, "cpus is 0")]
    [InlineData(9, null, null, "cpus is 9")]
    [InlineData(null, 0, null, "el is 0")]
    [InlineData(null, 3, null, "el is 3")]
    [InlineData(null, null, 3, "nv is 3")]
    public void Numbers_out_of_range_are_refused(int? cpus, int? el, int? nv, string expected) =>
        Refused(expected, new GuestRequest { Cpus = cpus, El = el, Nv = nv });

    [Theory]
    [InlineData("")]
    [InlineData("two words")]
    [InlineData("a=b")]
    [InlineData("sixteen-letters-")]
    [InlineData("größe")]
    public void Names_that_the_kernel_could_not_tell_apart_are_refused(string name) =>
        Refused($"guest name '{name}'", new GuestRequest { Name = name });

    [Fact]
    public void Two_of_one_name_are_refused() =>
        Refused("two guests are named a", new GuestRequest { Name = "a" }, new GuestRequest { Name = "a" });

    [Fact]
    public void Guests_of_which_none_starts_are_refused() => Refused("no guest starts", new GuestRequest { Start = false });

    [Fact]
    public void More_guests_than_digits_to_choose_them_by_are_refused()
    {
        GuestRequest[] nine = [.. Enumerable.Range(0, 9).Select(_ => new GuestRequest())];
        Refused("9 guests; at most 8 are possible", nine);
        Assert.Equal(8, Resolve(nine[1..]).Count);
    }

    [Fact]
    public void More_modules_than_Nestor_hands_over_are_refused()
    {
        GuestModule module = new(_files.Write("module", "x"), "");
        Refused("9 modules; at most 8 are possible", new GuestRequest { Modules = [.. Enumerable.Repeat(module, 9)] });
    }

    [Fact]
    public void A_ramdisk_without_a_kernel_module_before_it_is_refused()
    {
        GuestModule kernel = new(_files.Write("dom0", "x"), "");
        GuestModule initrd = new(_files.Write("dom0.cpio", "x"), "", IsInitrd: true);
        Refused("the first module is the initrd", new GuestRequest { Modules = [initrd, kernel] });
        Assert.Equal([kernel, initrd], Resolve(new GuestRequest { Modules = [kernel, initrd] })[0].Modules);
    }

    [Fact]
    public void A_given_name_may_not_meet_a_numbered_one() =>
        Refused("two guests are named guest2", new GuestRequest { Name = "guest2" }, new GuestRequest());

    [Fact]
    public void Firmware_takes_no_kernel() =>
        Refused("bios takes no kernel", new GuestRequest { Bios = _files.Arm64Image("b"), Kernel = _files.Arm64Image() });

    [Fact]
    public void Memory_must_hold_kernel_initrd_and_device_tree()
    {
        GuestRequest request = new()
        {
            Kernel = _files.Arm64Image(size: 1 << 20, imageSize: 1 << 20),
            Initrd = _files.Write("initrd", new byte[20 << 20]),
            Memory = 40 * MemorySize.MiB,
        };
        Refused("memory 40M is too little; it needs 44M", request);
        Assert.Single(Resolve(request with { Memory = 44 * MemorySize.MiB }));
    }

    [Fact]
    public void A_small_kernel_starts_in_little_memory() =>
        Assert.Single(Resolve(new GuestRequest { Kernel = _files.Arm64Image(), Memory = 16 * MemorySize.MiB }));

    [Fact]
    public void Memory_has_a_least_and_a_granule()
    {
        Refused("memory 14M is too little; it needs 16M", new GuestRequest { Bios = _files.Arm64Image(), Memory = 14 * MemorySize.MiB });
        Refused("memory 33M is not a multiple of 2M", new GuestRequest { Memory = 33 * MemorySize.MiB });
    }

    [Fact]
    public void Missing_files_are_found_whatever_their_part()
    {
        Refused("/none does not exist", new GuestRequest { Initrd = "/none" });
        Refused("/none does not exist", new GuestRequest { Bios = "/none" });
        Refused("/none does not exist", new GuestRequest { Kernel = "/none" });
        Refused("/none does not exist", new GuestRequest { Modules = [new GuestModule("/none", "")] });
    }

    [Fact]
    public void Control_characters_are_refused() =>
        Refused("control characters", new GuestRequest { Append = "a\nb" });

    private IReadOnlyList<GuestDescription> Resolve(params GuestRequest[] requests) =>
        GuestResolver.Resolve(requests, kind =>
            kind == GuestKind.Linux612 ? _files.Arm64Image("Linux612") : _files.Write(kind.ToString(), "x"));

    private void Refused(string expected, params GuestRequest[] requests)
    {
        UsageException e = Assert.Throws<UsageException>(() => Resolve(requests));
        Assert.Contains(expected, e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', e.Message);
    }
}
