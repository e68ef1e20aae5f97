;;; session.el --- A person in Emacs types a duplicate and chooses an action  -*- lexical-binding: t -*-

;;   emacs --batch -l session.el         (no -Q: it hides Debian's elpa-* packages)
;; Written for eglot 1.9.  The plan (a JSON file) is named by CANONRY_PLAN; what was seen goes to the
;; file that it calls `report'.

(package-initialize)
(require 'cl-lib)
(require 'eglot)
(require 'flymake)
(require 'json)
(require 'python)

(defconst session-plan
  (let ((json-array-type 'list))
    (json-read-file (getenv "CANONRY_PLAN"))))

(defconst session-patience 30 "Seconds for anything that has to become true.")

(setq make-backup-files nil
      create-lockfiles nil
      require-final-newline nil
      eglot-sync-connect 10             ; blocks until initialize is answered
      eglot-confirm-server-initiated-edits nil
      eglot-events-buffer-size 0
      eglot-send-changes-idle-time 0)

(defun session-get (key) (alist-get key session-plan))

(defun session-until (what probe)
  "Let processes and timers run until PROBE answers non-nil; WHAT is said when it never does."
  (let ((end (+ (float-time) session-patience)) found)
    (while (not (setq found (funcall probe)))
      (when (> (float-time) end)
        (error "Not within %s s: %s" session-patience what))
      (accept-process-output nil 0.05)
      (sit-for 0.01))
    found))

(defun session-send-changes ()
  "What eglot does from an idle timer, which never fires in batch."
  (eglot--signal-textDocument/didChange))

(defun session-type-at-end (text)
  "Type TEXT at the end of the buffer, a line at a time as far as the server is concerned."
  (goto-char (point-max))
  (seq-doseq (char text)
    (insert-char char)
    (when (eq char ?\n)
      (session-send-changes)
      (accept-process-output nil 0)))
  (session-send-changes))

(defun session-diagnostics ()
  (flymake-start)                       ; eglot reports through Flymake alone
  (flymake-diagnostics))

(defun session-choose (title)
  "What \\[eglot-code-actions] does; the user takes the action called TITLE from the menu.
Answers all titles of the menu."
  (let (offered (last-nonmenu-event ?x)) ; no mouse event: the menu is asked for in the minibuffer
    (cl-letf (((symbol-function 'completing-read)
               (lambda (_prompt items &rest _)
                 (setq offered (mapcar #'car items))
                 title)))
      (call-interactively #'eglot-code-actions))
    offered))

(defun session-run ()
  ;; The workspace is no repository, by which Emacs would know its root.
  (setq project-find-functions (list (lambda (_) (cons 'transient (session-get 'workspace)))))
  (setq eglot-server-programs (list (cons 'python-mode (session-get 'command))))
  (find-file (session-get 'file))
  (apply #'eglot (eglot--guess-contact)) ; `eglot-ensure' waits for post-command-hook: not in batch
  (session-type-at-end (session-get 'typed))
  (session-until "a diagnostic is shown" #'session-diagnostics)
  (let* ((diagnostics (session-diagnostics))
         (first (car diagnostics))
         (lsp (alist-get 'eglot-lsp-diag (eglot--diag-data first)))
         offered)
    (goto-char (flymake-diagnostic-beg first))
    (let ((line (1- (line-number-at-pos))) (column (current-column)))
      (setq offered (session-choose (session-get 'action)))
      (session-send-changes)
      (session-until "the diagnostic is gone" (lambda () (null (session-diagnostics))))
      (save-buffer)
      (eglot-shutdown (eglot-current-server))
      (with-temp-file (session-get 'report)
        (insert (json-encode
                 `((line . ,line)
                   (column . ,column)
                   (message . ,(flymake-diagnostic-text first))
                   (type . ,(format "%s" (flymake-diagnostic-type first)))
                   (codes . ,(vector (plist-get lsp :code)))
                   (count . ,(length diagnostics))
                   (actions . ,(vconcat offered)))))))))

(condition-case problem
    (session-run)
  (error
   (message "FAIL: %s" (error-message-string problem))
   (message "%s" (buffer-string))
   (message "%S" (ignore-errors (flymake-diagnostics)))
   (kill-emacs 1)))

;;; session.el ends here
