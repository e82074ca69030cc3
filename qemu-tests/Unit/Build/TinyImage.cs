// Builds a program of a few lines the way that the kernel is built: C# compiler, ilc, linker, gates. What a gate must
// refuse is refused here for real, not in a copy of its rules.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;
using Nestor.Tools.Build;
using Nestor.Tools.Support;

namespace Nestor.Tests.Unit.Build;

/// <summary>A program for the bare machine and the folder that it is built in.</summary>
internal sealed class TinyImage : IDisposable
{
    /// <summary>Enough of a start for the linker.</summary>
    public const string Start = """
                .section .text.head, "ax"
                .global image_start
        image_start:
                bl      tiny_start
                b       image_start
                .section .text.failed_check, "ax"
                .global nestor_failed_check, RhpReversePInvoke, RhpReversePInvokeReturn
        nestor_failed_check:
        RhpReversePInvoke:
        RhpReversePInvokeReturn:
                brk     #1

        """;

    private static readonly Lazy<byte[]> s_corelib = new(() => Compile(
        "corelib", Directory.EnumerateFiles(Path.Combine(RepositoryRoot.Path, "boot", "Corelib"), "*.cs").Select(File.ReadAllText), null));

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("nestor-gate-");

    /// <summary>The linked file, after <see cref="Build"/>.</summary>
    public string Elf => Path.Combine(_directory.FullName, "tiny.elf");

    /// <summary>Builds members of a static class, one of which must be exported as tiny_start.</summary>
    /// <exception cref="BuildException">A gate refused.</exception>
    public void Build(string members, string assembly = Start, string? linkerScript = null, bool withSymbols = false, string? order = null)
    {
        string code = $$"""
            using System;
            using System.Runtime;
            using System.Runtime.CompilerServices;

            namespace Tiny;

            public static unsafe class Program
            {
            {{members}}
            }

            """;
        string source = Write("Tiny.cs", code);
        string corelib = Path.Combine(_directory.FullName, "corelib.dll");
        File.WriteAllBytes(corelib, s_corelib.Value);
        string program = Path.Combine(_directory.FullName, "tiny.dll");
        File.WriteAllBytes(program, Compile("tiny", [code], corelib, source));
        ImageBuilder.Build(new ImageSpecification(
            "tiny",
            [program, corelib],
            [Write("Start.S", assembly)],
            Write("tiny.ld", linkerScript ?? File.ReadAllText(Path.Combine(RepositoryRoot.Path, "boot", "kernel.ld"))),
            _directory.FullName,
            Sources: withSymbols ? _directory.FullName : null,
            Order: order is null ? null : new MethodOrder(Write("tiny.order", order), "tiny", "Tiny")));
    }

    /// <summary>Deletes the folder.</summary>
    public void Dispose() => _directory.Delete(recursive: true);

    private static byte[] Compile(string name, IEnumerable<string> sources, string? reference, string path = "")
    {
        var options = new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, optimizationLevel: OptimizationLevel.Release);
        var compilation = CSharpCompilation.Create(
            name,
            sources.Select(s => CSharpSyntaxTree.ParseText(s, new CSharpParseOptions(LanguageVersion.Latest), path, System.Text.Encoding.UTF8)),
            reference == null ? [] : [MetadataReference.CreateFromFile(reference)],
            options);
        using var image = new MemoryStream();
        EmitResult result = compilation.Emit(
            image, options: new EmitOptions(runtimeMetadataVersion: "v4.0.30319", debugInformationFormat: DebugInformationFormat.Embedded));
        return result.Success
            ? image.ToArray()
            : throw new InvalidOperationException(string.Join('\n', result.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error)));
    }

    private string Write(string name, string text)
    {
        string path = Path.Combine(_directory.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }
}
