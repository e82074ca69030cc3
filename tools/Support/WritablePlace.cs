// Whether something can be written where somebody wants it, found out before there is anything to write: it is tried, and what
// the trial makes it takes away again.

namespace Nestor.Tools.Support;

/// <summary>Names of files and directories that are to be made.</summary>
public static class WritablePlace
{
    /// <summary>Why a file cannot be written, in words; null when it can be. One that is there is not touched.</summary>
    /// <param name="path">Its full path.</param>
    public static string? ProblemOfFile(string path)
    {
        if (Directory.Exists(path))
        {
            return "it is a directory";
        }

        string directory = Path.GetDirectoryName(path)!;
        if (!Directory.Exists(directory))
        {
            return $"there is no directory {directory}";
        }

        // A pipe or a device is opened only when there is something to write: opening may wait for somebody, or do something.
        return FileKinds.Of(path) switch
        {
            FileKind.None => CanMake(path) ? null : $"no file can be made in {directory}",
            FileKind.Regular => CanOpen(path) ? null : "it is there, and may not be written",
            FileKind.Socket => "it is a socket",
            _ => null,
        };
    }

    /// <summary>Why a socket cannot be made, in words; null when it can be. One that is there may be taken over.</summary>
    /// <param name="path">Its full path.</param>
    public static string? ProblemOfSocket(string path) =>
        FileKinds.Of(path) == FileKind.Socket ? ScratchDirectory.ProblemOfSocket(path)
        : FileKinds.Of(path) != FileKind.None && !Directory.Exists(path) ? "there is something else already"
        : ScratchDirectory.ProblemOfSocket(path) ?? ProblemOfFile(path);

    /// <summary>Why nothing more can be written in a directory, in words; null when something can be.</summary>
    public static string? ProblemOfSpace(string directory)
    {
        string trial = Path.Combine(directory, Path.GetRandomFileName());
        try
        {
            File.WriteAllBytes(trial, new byte[Environment.SystemPageSize]);
            File.Delete(trial);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            File.Delete(trial);
            return e.Message;
        }
    }

    /// <summary>Why a directory cannot be made, or be filled if it is there, in words; null when it can be.</summary>
    /// <param name="path">Its full path.</param>
    public static string? ProblemOfDirectory(string path)
    {
        Stack<string> lacking = new();
        string at = path;
        for (; !Directory.Exists(at); at = Path.GetDirectoryName(at)!)
        {
            if (File.Exists(at))
            {
                return $"{at} is a file";
            }

            lacking.Push(at);
        }

        Stack<string> made = new();
        try
        {
            for (; lacking.TryPop(out string? next); made.Push(next))
            {
                Directory.CreateDirectory(next);
            }

            return CanMake(Path.Combine(path, Path.GetRandomFileName())) ? null : $"no file can be made in {path}";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"no directory can be made in {at}";
        }
        finally
        {
            while (made.TryPop(out string? one))
            {
                Directory.Delete(one);
            }
        }
    }

    private static bool CanOpen(string file)
    {
        try
        {
            new FileStream(file, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete).Dispose();
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static bool CanMake(string file)
    {
        try
        {
            File.Create(file).Dispose();
            File.Delete(file);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
