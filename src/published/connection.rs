//! Programs that run: started when they are asked something, configured when that needs it, and ended when others need their place.
//!
//! Of one provider there is a process for each configuration, as with Terraform. There are never more than so many of all
//! providers at once: one that nobody asks anything makes way for another, and is started again when it is asked.

use super::{Origin, schemas::Told};
use crate::{
    address::{InstanceAddress, ProviderSource},
    lang::load::TERRAFORM_VERSION,
    plugin::{Launch, Plugin},
    provider::{Problem, Result},
    value::Value,
};
use futures::future::BoxFuture;
use std::sync::{
    Arc, LazyLock, Mutex, MutexGuard, OnceLock, PoisonError,
    atomic::{AtomicBool, AtomicUsize, Ordering},
};
use tokio::{
    runtime::Runtime,
    sync::{Mutex as AsyncMutex, Notify, watch},
    task::JoinHandle,
};

/// How many processes there may be at once, unless it is said otherwise.
pub const DEFAULT_PROCESSES: usize = 4;

/// What a provider has to say of something, or why it says nothing, which is of none in particular.
pub(super) type Said = (Option<InstanceAddress>, Problem);

/// All programs of this process.
struct Host {
    runtime: OnceLock<Runtime>,
    limit: AtomicUsize,
    /// Those of which the process may run.
    connections: Mutex<Vec<Arc<Connection>>>,
    /// Told whenever one might make way.
    freed: Notify,
    /// What was opened, to be closed in the end.
    open: Mutex<Vec<JoinHandle<Vec<Said>>>>,
    /// How often all that was open has been closed.
    closing: watch::Sender<usize>,
}

static HOST: LazyLock<Host> = LazyLock::new(|| Host {
    runtime: OnceLock::new(),
    limit: AtomicUsize::new(DEFAULT_PROCESSES),
    connections: Mutex::default(),
    freed: Notify::new(),
    open: Mutex::default(),
    closing: watch::channel(0).0,
});

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn runtime() -> Result<&'static Runtime> {
    if let Some(runtime) = HOST.runtime.get() {
        return Ok(runtime);
    }
    let built = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    let built = built.map_err(|error| Problem::fatal("Failed to start", format!("There is no runtime: {error}.")))?;
    Ok(HOST.runtime.get_or_init(|| built))
}

/// Says how many processes there may be at once.
pub fn limit_processes(limit: usize) {
    HOST.limit.store(limit.max(1), Ordering::Relaxed);
}

/// Closes what was opened; gives what the providers have to say of that.
pub fn close() -> Vec<(Option<InstanceAddress>, Problem)> {
    let Some(runtime) = HOST.runtime.get() else { return Vec::new() };
    HOST.closing.send_modify(|it| *it += 1);
    let open = std::mem::take(&mut *locked(&HOST.open));
    runtime.block_on(async {
        let mut problems = Vec::new();
        for task in open {
            // One that panicked has nothing to close any more.
            problems.extend(task.await.unwrap_or_default());
        }
        problems
    })
}

/// Closes what is still open, and ends all programs that were started.
pub fn end() {
    let Some(runtime) = HOST.runtime.get() else { return };
    for (_, problem) in close() {
        tracing::warn!(problem = problem.detail, "an ephemeral resource could not be closed");
    }
    let connections = std::mem::take(&mut *locked(&HOST.connections));
    runtime.block_on(async {
        let ends = connections.iter().map(|it| it.end());
        futures::future::join_all(ends).await;
    });
}

/// Waits for what programs do, where nothing else is going on.
pub(super) fn wait_for<T>(work: impl Future<Output = Result<T>>) -> Result<T> {
    runtime()?.block_on(work)
}

/// The same from within another runtime, whose thread waits.
pub(super) fn wait_aside<T: Send + 'static>(work: impl Future<Output = Result<T>> + Send + 'static) -> Result<T> {
    let (tell, told) = std::sync::mpsc::channel();
    runtime()?.spawn(async move { tell.send(work.await) });
    told.recv().unwrap_or_else(|_| Err(Problem::fatal("Plugin did not respond", "What was asked of it was given up.")))
}

/// Goes on with what was opened until the end; its process does not make way meanwhile, and does not count.
pub(super) fn hold(lease: Lease, work: impl FnOnce(BoxFuture<'static, ()>) -> BoxFuture<'static, Vec<Said>>) {
    let Ok(runtime) = runtime() else { return };
    lease.user.0.holds.store(true, Ordering::Release);
    HOST.freed.notify_waiters();
    let mut closing = HOST.closing.subscribe();
    let before = *closing.borrow_and_update();
    let work = work(Box::pin(async move { drop(closing.wait_for(|it| *it > before).await) }));
    let task = runtime.spawn(async move {
        let problems = work.await;
        lease.user.0.holds.store(false, Ordering::Release);
        drop(lease);
        problems
    });
    locked(&HOST.open).push(task);
}

/// Starts a provider, or takes the one that runs. It belongs to the runtime of all programs, whoever asks.
pub(super) async fn start(source: &ProviderSource, origin: &Origin) -> Result<Plugin> {
    let (name, origin) = (format!("terraform-provider-{}", source.name), origin.clone());
    let started = runtime()?.spawn(async move {
        match &origin {
            Origin::Executable(program) => Plugin::start(&Launch::new(program, &name)).await,
            Origin::Running(reattach) => Plugin::attach(&name, reattach).await,
        }
    });
    started.await.map_err(|error| Problem::fatal("Failed to start a provider", format!("{source}: {error}.")))?
}

/// A provider, with as many processes as it has configurations.
pub(super) struct Program {
    pub source: ProviderSource,
    pub origin: Origin,
    pub told: Arc<Told>,
    connections: Mutex<Vec<Arc<Connection>>>,
}

/// One process, or the place for it.
pub(super) struct Connection {
    program: Arc<Program>,
    /// None: it is only asked what needs no configuration.
    config: Mutex<Option<Value>>,
    running: AsyncMutex<Option<Running>>,
    /// How many are asking it something.
    users: AtomicUsize,
    /// Whether it was asked to come to an end.
    is_stopped: AtomicBool,
    /// Whether something is open in it until the end. It has a place besides: who waits for one would wait for ever.
    holds: AtomicBool,
}

struct Running {
    plugin: Arc<Plugin>,
    is_configured: bool,
    /// What it has against its configuration: it would have the same again.
    refusal: Option<Problem>,
}

/// The right to ask: while it is there, the process is not ended.
pub(super) struct Lease {
    pub plugin: Arc<Plugin>,
    user: User,
}

/// Somebody who asks, or is about to.
struct User(Arc<Connection>);

impl User {
    fn of(connection: &Arc<Connection>) -> Self {
        connection.users.fetch_add(1, Ordering::AcqRel);
        Self(connection.clone())
    }
}

impl Drop for User {
    fn drop(&mut self) {
        self.0.users.fetch_sub(1, Ordering::AcqRel);
        HOST.freed.notify_waiters();
    }
}

impl Program {
    pub(super) fn new(source: &ProviderSource, origin: Origin, told: Arc<Told>) -> Arc<Self> {
        Arc::new(Self { source: source.clone(), origin, told, connections: Mutex::default() })
    }

    /// The process with that configuration. One that was not configured yet becomes it.
    pub(super) fn configured(self: &Arc<Self>, config: &Value) -> Arc<Connection> {
        let mut connections = locked(&self.connections);
        if let Some(known) = connections.iter().find(|it| locked(&it.config).as_ref() == Some(config)) {
            return known.clone();
        }
        if let Some(spare) = connections.iter().find(|it| locked(&it.config).is_none()) {
            *locked(&spare.config) = Some(config.clone());
            return spare.clone();
        }
        let new = Connection::new(self, Some(config.clone()));
        connections.push(new.clone());
        new
    }

    /// Any process, for what needs no configuration.
    pub(super) async fn any(self: &Arc<Self>) -> Result<Lease> {
        let connection = {
            let mut connections = locked(&self.connections);
            if connections.is_empty() {
                connections.push(Connection::new(self, None));
            }
            let runs = |it: &&Arc<Connection>| it.running.try_lock().is_ok_and(|it| it.is_some());
            connections.iter().find(runs).unwrap_or(&connections[0]).clone()
        };
        connection.lease(false).await
    }
}

impl Connection {
    fn new(program: &Arc<Program>, config: Option<Value>) -> Arc<Self> {
        let config = Mutex::new(config);
        let (running, users) = (AsyncMutex::default(), AtomicUsize::new(0));
        let (is_stopped, holds) = (AtomicBool::new(false), AtomicBool::new(false));
        Arc::new(Self { program: program.clone(), config, running, users, is_stopped, holds })
    }

    /// The right to ask it something; it is started and configured if it has to be.
    pub(super) async fn lease(self: &Arc<Self>, configured: bool) -> Result<Lease> {
        // Counted from now on, so that it is not ended in between.
        let user = User::of(self);
        let mut place = self.running.lock().await;
        let mut running = match place.take() {
            Some(running) => running,
            None => Running { plugin: self.start().await?, is_configured: false, refusal: None },
        };
        let plugin = running.plugin.clone();
        let result = match &running.refusal {
            _ if !configured || running.is_configured => Ok(()),
            Some(refusal) => Err(refusal.clone()),
            None => self.configure(&plugin).await,
        };
        running.is_configured |= configured && result.is_ok();
        running.refusal = result.as_ref().err().filter(|it| it.is_of_configuration()).cloned();
        *place = Some(running);
        result.map(|()| Lease { plugin, user })
    }

    /// Asks it to come to an end with what it does: once, however many wait for it.
    pub(super) async fn stop(&self, plugin: &Plugin) {
        if self.is_stopped.swap(true, Ordering::AcqRel) {
            return;
        }
        if let Err(problem) = plugin.stop().await {
            tracing::warn!(problem = problem.detail, "a plugin does not stop");
        }
    }

    async fn start(self: &Arc<Self>) -> Result<Arc<Plugin>> {
        self.make_room().await;
        let started = start(&self.program.source, &self.program.origin).await;
        if started.is_err() {
            locked(&HOST.connections).retain(|it| !Arc::ptr_eq(it, self));
        }
        started.map(Arc::new)
    }

    async fn configure(&self, plugin: &Plugin) -> Result<()> {
        let schema = &self.program.told.schemas.provider;
        let config = locked(&self.config).clone().unwrap_or_else(|| schema.block.unset());
        let prepared = plugin.validate_provider(schema, &config).await?;
        let problems = prepared.problems.into_iter();
        let mut problems: Vec<_> = problems.filter(Problem::is_error).collect();
        if problems.is_empty() {
            problems = plugin.configure(schema, &prepared.value, TERRAFORM_VERSION).await?;
        }
        let error = problems.into_iter().find(Problem::is_error);
        let name = || format!("the configuration of {}", self.program.source);
        error.map_or(Ok(()), |it| Err(it.of_configuration(name())))
    }

    /// Asks it to take its configuration again, should it have refused that.
    pub(super) async fn try_again(&self) {
        if let Some(running) = &mut *self.running.lock().await {
            running.refusal = None;
        }
    }

    /// Waits until there may be one more process. What nobody asks anything is ended for it.
    async fn make_room(self: &Arc<Self>) {
        if let Origin::Running(_) = self.program.origin {
            return;
        }
        loop {
            let freed = HOST.freed.notified();
            let idle = {
                let mut connections = locked(&HOST.connections);
                let count = connections.iter().filter(|it| !it.holds.load(Ordering::Acquire)).count();
                if count < HOST.limit.load(Ordering::Relaxed) {
                    connections.push(self.clone());
                    return;
                }
                connections.iter().find(|it| it.users.load(Ordering::Acquire) == 0).cloned()
            };
            match idle {
                Some(idle) => {
                    // Until it has ended, it has its place.
                    if idle.makes_way().await {
                        locked(&HOST.connections).retain(|it| !Arc::ptr_eq(it, &idle));
                    }
                }
                None => freed.await,
            }
        }
    }

    /// Ends it, unless somebody has begun to ask it since it was chosen.
    async fn makes_way(&self) -> bool {
        let mut place = self.running.lock().await;
        if self.users.load(Ordering::Acquire) > 0 {
            return false;
        }
        shut_down(place.take()).await;
        true
    }

    async fn end(&self) {
        shut_down(self.running.lock().await.take()).await;
    }
}

async fn shut_down(running: Option<Running>) {
    if let Some(plugin) = running.and_then(|it| Arc::into_inner(it.plugin)) {
        plugin.shut_down().await;
    }
}
