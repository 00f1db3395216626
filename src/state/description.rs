//! The operating system's locks as open file descriptions have them. POSIX's, which a process has, end when it closes any
//! handle of the file; both kinds exclude each other. Neither the standard library nor rustix knows of these.

use std::{fs::File, io};

#[cfg(all(target_os = "linux", target_pointer_width = "64"))]
mod system {
    use std::{
        ffi::c_int,
        fs::File,
        io,
        os::fd::{AsRawFd, RawFd},
    };

    /// `struct flock` of 64-bit Linux.
    #[repr(C)]
    struct Range {
        kind: i16,
        whence: i16,
        start: i64,
        length: i64,
        process: i32,
    }

    const F_OFD_GETLK: c_int = 36;
    const F_OFD_SETLK: c_int = 37;
    const F_WRLCK: i16 = 1;
    const F_UNLCK: i16 = 2;

    unsafe extern "C" {
        fn fcntl(descriptor: RawFd, command: c_int, ...) -> c_int;
    }

    fn ask(file: &File, command: c_int) -> io::Result<Range> {
        // An exclusive lock on everything in the file, from its start.
        let mut range = Range { kind: F_WRLCK, whence: 0, start: 0, length: 0, process: 0 };
        // SAFETY: the descriptor is open as long as `file` lives, and both commands take a pointer to such a range, which
        // outlives the call.
        let answer = unsafe { fcntl(file.as_raw_fd(), command, &raw mut range) };
        if answer == -1 { Err(io::Error::last_os_error()) } else { Ok(range) }
    }

    pub(super) fn lock(file: &File) -> io::Result<()> {
        ask(file, F_OFD_SETLK).map(drop)
    }

    pub(super) fn is_locked(file: &File) -> bool {
        ask(file, F_OFD_GETLK).is_ok_and(|it| it.kind != F_UNLCK)
    }
}

/// Elsewhere a lock ends with the first handle of the file that the process closes.
#[cfg(not(all(target_os = "linux", target_pointer_width = "64")))]
mod system {
    use rustix::fs::{FlockOperation, fcntl_lock};
    use std::{fs::File, io};

    pub(super) fn lock(file: &File) -> io::Result<()> {
        Ok(fcntl_lock(file, FlockOperation::NonBlockingLockExclusive)?)
    }

    pub(super) fn is_locked(_: &File) -> bool {
        false
    }
}

/// Locks all of a file for as long as this handle is open, unless another has it locked.
pub(super) fn lock(file: &File) -> io::Result<()> {
    system::lock(file)
}

/// Whether another handle has the file locked. Takes no lock, which would get in the way of whoever is about to.
pub(super) fn is_locked(file: &File) -> bool {
    system::is_locked(file)
}
