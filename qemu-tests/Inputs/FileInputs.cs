// Inputs of the launcher: files that users hand to it. Where a digest guards a file the fuzzer makes it right again, for a file that is
// wrong on purpose has a right one too.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using Nestor.Tests.Unit.Tools;
using Nestor.Tests.Unit.Traces;
using Nestor.Tools.Fuzz;
using Nestor.Tools.Fuzz.Inputs;
using Nestor.Tools.Launch;
using Nestor.Tools.Registers;
using Nestor.Tools.Snapshots;
using Nestor.Tools.Suites;
using Nestor.Tools.Support;
using Nestor.Tools.Traces;

namespace Nestor.Tests.Inputs;

internal sealed class FileInputs(string directory)
{
    private const ulong Machine = 0x6003_0010_0000_0000;    // kernel/Snapshot/StateId.cs
    private const int TraceDigestAt = 16;
    private const long MostMemory = 8 << 20;
    private const int Readers = 4;

    private static readonly (ulong Id, ulong Value)[] s_pairs =
        [(Machine, 2), (Machine + 2, 2 << 20), (Machine + 3, 2), (Machine + 4, 1), (SnapshotState.SystemRegister | 0xc080, 7), (0x6003_0003_0000_0063, 9)];

    private static readonly IReadOnlyList<RegisterRow> s_rows = [.. RegisterTable.Read(RepositoryRoot.Path)];

    private readonly string _file = Path.Combine(directory, "input");

    /// <summary>All of them.</summary>
    public IReadOnlyList<FuzzedInput> All =>
    [
        new("snapshot", [ValidSnapshot()], Snapshot),
        new("snapshot-state", [SnapshotState.Pack(s_pairs)], State),
        new("trace", [SampleTrace.Trace().ToBytes()], Trace),
        new("guests", [.. GuestFiles()], static input => _ = GuestFile.Parse(Encoding.UTF8.GetString(input), "guests.toml", "/some/where")),
        new("kernel", [.. Kernels()], Kernel),
        new("suite", [Encoding.UTF8.GetBytes("[a]\nfile = a.flat\nsmp = 2\ngroups = nested gic\nextra_params = -machine gic-version=3 -append 'x y'\ntimeout = 5s\narch = arm64\naccel = kvm\n\n[b]\nfile = b.flat\nsmp = $MAX_SMP\n")], Suite),
        new("program", [.. Directory.EnumerateFiles(Path.Combine(RepositoryRoot.Path, "qemu-tests", "Guests", "Programs")).Order(StringComparer.Ordinal).Take(8).Select(File.ReadAllBytes)], Program),
    ];

    private static byte[] ValidPiece(string name, Action<string> write)
    {
        using ScratchDirectory scratch = ScratchDirectory.Create("nestor-");
        string path = scratch.File(name);
        write(path);
        return File.ReadAllBytes(path);
    }

    // Without the digest.
    private static byte[] ValidSnapshot()
    {
        byte[] memory = new byte[2 << 20];
        new Random(1).NextBytes(memory.AsSpan(0x3000, 64));
        byte[] whole = ValidPiece("a", path => SnapshotWriter.Write(path, "guest", SnapshotState.Pack(s_pairs), new MemoryStream(memory)));
        return whole[..^SHA256.HashSizeInBytes];
    }

    private void Snapshot(byte[] input)
    {
        File.WriteAllBytes(_file, [.. input, .. SHA256.HashData(input)]);
        using SnapshotReader reader = new(_file);
        reader.State.CheckRegisters(s_rows);
        if (reader.State.Memory > MostMemory)
        {
            return;
        }

        DirectoryInfo pieces = Directory.CreateDirectory(Path.Combine(directory, "pieces"));
        try
        {
            _ = reader.UnpackMemory(pieces.FullName, 1 << 20);
        }
        finally
        {
            pieces.Delete(recursive: true);
        }
    }

    private static void State(byte[] input) => new SnapshotState("state", input).CheckRegisters(s_rows);

    private void Trace(byte[] input)
    {
        if (input.Length >= TraceDigestAt + SHA256.HashSizeInBytes)
        {
            SHA256.HashData(input.AsSpan(TraceDigestAt + SHA256.HashSizeInBytes), input.AsSpan(TraceDigestAt));
        }

        File.WriteAllBytes(_file, input);
        TraceFile trace = TraceFile.Read(_file);
        _ = ExitList.Write(trace, SampleTrace.Names).Length + PerfettoTrace.Write(trace, SampleTrace.Names).Length + TraceHistogram.Draw(trace, SampleTrace.Names).Length;
    }

    private static IEnumerable<byte[]> GuestFiles()
    {
        yield return Encoding.UTF8.GetBytes("[[guest]]\nname = \"one\"\nkernel = \"Image\"\ninitrd = \"../initrd\"\nmodules = [\"dom0:console=hvc0 a:b\", \"initrd=dom0.cpio\"]\nappend = \"quiet\"\nsymbols = true\nstart = false\ncpus = 4\nmemory = \"512M\"\nel = 1\nnv = 1\n");
        yield return Encoding.UTF8.GetBytes("# two\n[[guest]]\nbios = 'u-boot.bin'\nsymbols = \"u-boot\"\nmemory = 0x100\n[[guest]]\nvmm = true\nappend = \"\"\"a\n\\u00e9\"\"\"\n");
    }

    private static IEnumerable<byte[]> Kernels()
    {
        using TemporaryFiles files = new();
        byte[] image = File.ReadAllBytes(files.Arm64Image(size: 600, imageSize: 600));
        yield return image;
        yield return File.ReadAllBytes(files.Elf());
        yield return TemporaryFiles.Gzip(image);
        yield return File.ReadAllBytes(files.Zboot("z", "gzip", TemporaryFiles.Gzip(image)));
        yield return File.ReadAllBytes(files.Zboot("zs", "zstd", TemporaryFiles.Zstd(image)));
        yield return File.ReadAllBytes(files.UBoot("u", image));
        yield return File.ReadAllBytes(files.UBoot("ur", image, type: 3));
        yield return File.ReadAllBytes(files.UBoot("uz", TemporaryFiles.Gzip(image), compression: 1));
    }

    private void Kernel(byte[] input)
    {
        File.WriteAllBytes(_file, input);
        int refused = 0;
        string why = "";
        foreach (Action take in (Action[])[
            () => Inspect(WrappedKernel.Unpack(_file)), () => WrappedKernel.UnpackModule(_file), () => WrappedKernel.UnpackInitrd(_file), () => _ = ImageInspector.Kernel(_file)])
        {
            try
            {
                take();
            }
            catch (UsageException e)
            {
                refused++;
                why = e.Message;
            }
        }

        if (refused == Readers)
        {
            throw new UsageException(why);
        }
    }

    private void Inspect(byte[]? plain)
    {
        if (plain is not null)
        {
            string path = _file + ".plain";
            File.WriteAllBytes(path, plain);
            _ = ImageInspector.Kernel(path);
        }
    }

    private static void Suite(byte[] input) => _ = UnitTestsConfig.Parse("unittests.cfg", Encoding.UTF8.GetString(input).Split('\n'), "/some/where");

    private void Program(byte[] input)
    {
        File.WriteAllBytes(_file, input);
        _ = SavedProgram.Read(_file);
    }
}
