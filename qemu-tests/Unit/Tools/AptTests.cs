// What is read from apt's files and what follows from it; nothing here touches the system's apt.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Nestor.Tools.Dependencies;
using Nestor.Tools.Guests;
using Xunit;

namespace Nestor.Tests.Unit.Tools;

public sealed class AptTests : IDisposable
{
    private static readonly DebianRelease s_bookworm = new(12, "bookworm");
    private static readonly AptSource s_debian = new("http://mirror.test/debian", ["bookworm", "bookworm-updates"], ["main"], "/k.gpg");

    private readonly TemporaryFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public void Lines_are_read()
    {
        AptSource[] sources = [.. AptSources.ParseLines(
            """
            # deb http://old.test/debian bookworm main
            deb-src http://mirror.test/debian bookworm main
            deb [arch=amd64 signed-by=/k.gpg] http://mirror.test/debian bookworm main contrib # ours
            deb http://other.test bookworm stable
            """)];
        Assert.Equal(2, sources.Length);
        Assert.Equal(("http://mirror.test/debian", "/k.gpg"), (sources[0].Uri, sources[0].SignedBy));
        Assert.Equal(["main", "contrib"], sources[0].Components);
        Assert.Same(sources[0], AptSources.Debian(sources, "bookworm"));
    }

    [Fact]
    public void Stanzas_are_read()
    {
        AptSource[] sources = [.. AptSources.ParseStanzas(
            """
            Types: deb deb-src
            # a comment inside
            URIs: http://mirror.test/debian
            Suites: bookworm bookworm-updates
            Components: main
            Signed-By: /k.gpg

            Types: deb
            URIs: http://off.test
            Suites: bookworm
            Components: main
            Enabled: no

            Types: deb-src
            URIs: http://src.test
            Suites: bookworm
            Components: main
            """)];
        AptSource source = Assert.Single(sources);
        Assert.Equal(["bookworm", "bookworm-updates"], source.Suites);
        Assert.Equal(
            "Types: deb\nURIs: http://mirror.test/debian\nSuites: bookworm-backports\nComponents: main\nSigned-By: /k.gpg\n",
            source.Stanza("bookworm-backports"));
    }

    [Fact]
    public void A_key_written_into_a_stanza_is_kept()
    {
        AptSource source = Assert.Single(AptSources.ParseStanzas(
            "Types: deb\nURIs: http://m.test\nSuites: bookworm\nComponents: main\nSigned-By:\n -----BEGIN\n .\n abc\n"));
        Assert.Equal("\n -----BEGIN\n .\n abc", source.SignedBy);
    }

    [Fact]
    public void All_files_of_apt_are_read_and_only_those()
    {
        Directory.CreateDirectory(_files.Path("sources.list.d"));
        _files.Write("sources.list", "deb http://a.test bookworm main");
        _files.Write("sources.list.d/b.list", "deb http://b.test bookworm main");
        _files.Write("sources.list.d/c.sources", "Types: deb\nURIs: http://c.test\nSuites: bookworm\nComponents: main");
        _files.Write("sources.list.d/d.list.disabled", "deb http://d.test bookworm main");
        Assert.Equal(["http://a.test", "http://b.test", "http://c.test"], AptSources.Read(_files.Root).Select(s => s.Uri));
    }

    [Fact]
    public void Qemu_comes_from_backports_and_the_rest_does_not()
    {
        InstallPlan plan = InstallPlan.For(Programs("ld.lld", "llvm-mc", "llvm-objcopy", "qemu-system-aarch64"), s_bookworm, [s_debian]);
        Assert.Equal("/etc/apt/sources.list.d/nestor-backports.sources", plan.SourceFile);
        Assert.Contains("URIs: http://mirror.test/debian\nSuites: bookworm-backports\n", plan.SourceText, StringComparison.Ordinal);
        Assert.Equal(
            [
                "apt-get -q update",
                "apt-get -q install -y --no-install-recommends lld llvm",
                "apt-get -q install -y --no-install-recommends -t bookworm-backports qemu-system-arm ipxe-qemu",
            ],
            plan.Commands.Select(command => string.Join(' ', command)));
        Assert.Equal(4, plan.ToType().Count());
        Assert.StartsWith("printf 'Types: deb\\nURIs:", plan.ToType().First(), StringComparison.Ordinal);
    }

    [Fact]
    public void Backports_that_are_known_are_not_added_again()
    {
        AptSource backports = s_debian with { Suites = ["bookworm-backports"] };
        InstallPlan plan = InstallPlan.For(Programs("qemu-system-aarch64"), s_bookworm, [s_debian, backports]);
        Assert.Null(plan.SourceFile);
        Assert.Equal(2, plan.Commands.Count);
    }

    [Fact]
    public void A_later_Debian_has_a_new_enough_qemu_itself()
    {
        InstallPlan plan = InstallPlan.For(Programs("qemu-system-aarch64"), new DebianRelease(13, "trixie"), []);
        Assert.Null(plan.SourceFile);
        Assert.DoesNotContain("-t", plan.Commands[^1]);
    }

    [Theory]
    [InlineData("ID=debian\nVERSION_ID=\"12\"\nVERSION_CODENAME=bookworm\n", "bookworm")]
    [InlineData("ID=ubuntu\nVERSION_ID=\"24.04\"\nVERSION_CODENAME=noble\n", null)]
    [InlineData("", null)]
    public void Only_Debian_is_Debian(string text, string? codename) =>
        Assert.Equal(codename, DebianRelease.Parse(text)?.Codename);

    [Theory]
    [InlineData("QEMU emulator version 10.0.2 (Debian 1:10.0.2+ds)\nCopyright", "10.0.2")]
    [InlineData("QEMU emulator version 7.2.19 (x)", "7.2.19")]
    [InlineData("QEMU emulator version 9.1", "9.1")]
    [InlineData("hello", null)]
    public void The_version_of_qemu_is_read(string text, string? version) =>
        Assert.Equal(version, QemuVersion.Parse(text)?.ToString());

    [Fact]
    public void The_kernel_behind_a_meta_package_is_found_by_its_series()
    {
        const string Shown = """
            Package: linux-image-cloud-arm64
            Version: 6.12.95-1~bpo12+1
            Depends: linux-image-6.12.95+deb12-cloud-arm64 (= 6.12.95-1~bpo12+1)

            Package: linux-image-cloud-arm64
            Version: 6.1.192-2
            Depends: linux-image-6.1.0-56-cloud-arm64 (= 6.1.192-2)
            """;
        Assert.Equal("linux-image-6.12.95+deb12-cloud-arm64", AptRoot.Dependency(Shown, "linux-image-cloud-arm64", "6.12"));
        Assert.Equal("linux-image-6.1.0-56-cloud-arm64", AptRoot.Dependency(Shown, "linux-image-cloud-arm64", "6.1"));
        Assert.Null(AptRoot.Dependency(Shown, "linux-image-cloud-arm64", "5.10"));
    }

    [Fact]
    public void A_list_that_apt_cannot_get_is_named_and_not_what_follows_from_it()
    {
        const string Warning = "W: Failed to fetch http://mirror.test/debian/dists/sid/InRelease  Could not connect to mirror.test:80";
        Assert.Equal(Warning, AptRoot.Unreachable($"{Warning}\nW: Some index files failed to download.\n"));
        Assert.Null(AptRoot.Unreachable("W: something else\n"));
    }

    [Fact]
    public void The_cross_compiler_comes_with_its_library()
    {
        InstallPlan plan = InstallPlan.For(Programs("aarch64-linux-gnu-gcc"), s_bookworm, [s_debian]);
        Assert.Equal("sudo apt-get -q install -y --no-install-recommends gcc-aarch64-linux-gnu libc6-dev-arm64-cross", plan.ToType().Last());
    }

    private static IReadOnlyList<RequiredProgram> Programs(params string[] names) =>
        [.. RequiredProgram.All.Where(program => names.Contains(program.Name))];
}
